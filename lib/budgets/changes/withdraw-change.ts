import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { endProposal, findChange } from './change-to-decide.ts';
import { recordDrop } from './record-drop.ts';
import { tellOutcome } from './tell-outcome.ts';

/** Takes a proposal back before it is decided. Any data-protection officer can: who proposed it may be away. */
export async function withdrawChange(
  db: Database,
  actor: SessionActor,
  id: string,
  now = new Date(),
): Promise<void> {
  await db.$transaction(async (tx) => {
    const change = await findChange(tx, actor, 'budget.propose', id);
    const decided = { decidedById: actor.userId, decidedAt: now, decisionReason: null };
    await endProposal(tx, id, { state: 'withdrawn', ...decided });
    await recordDrop(tx, actor, id, 'withdrawn', now);
    await tellOutcome(tx, change);
  });
}
