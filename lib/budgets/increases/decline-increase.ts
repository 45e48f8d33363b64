import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { tell } from '../changes/tell.ts';
import { closeIncrease } from './close-increase.ts';
import { findIncrease } from './find-increase.ts';
import type { Decline } from './schemas.ts';

/** A data-protection officer's no to a request for more, with an answer that its asker reads. */
export async function declineIncrease(
  db: Database,
  actor: SessionActor,
  id: string,
  { answer }: Decline,
  now = new Date(),
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { userId } = await findIncrease(tx, actor, 'budget.propose', id);
    await closeIncrease(tx, actor, id, { outcome: 'declined', answer, changeId: null }, now);
    await tell(tx, 'answered', id, { id: userId });
  });
}
