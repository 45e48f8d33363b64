import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { closeIncrease } from './close-increase.ts';
import { findIncrease } from './find-increase.ts';

/** Takes one's own request for more back. */
export async function withdrawIncrease(
  db: Database,
  actor: SessionActor,
  id: string,
  now = new Date(),
): Promise<void> {
  await db.$transaction(async (tx) => {
    await findIncrease(tx, actor, 'budget.ask', id);
    await closeIncrease(tx, actor, id, { outcome: 'withdrawn', answer: null, changeId: null }, now);
  });
}
