import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { changeToDecide, endProposal } from './change-to-decide.ts';
import { recordDrop } from './record-drop.ts';
import type { Decide } from './schemas.ts';
import { tellOutcome } from './tell-outcome.ts';

/** The second person's no: nothing moves. Throws as approveChange does, but asks for no fresh proof. */
export async function rejectChange(
  db: Database,
  actor: SessionActor,
  id: string,
  { reason }: Decide,
  now = new Date(),
): Promise<void> {
  await db.$transaction(async (tx) => {
    const change = await changeToDecide(tx, actor, id);
    const decided = { decidedById: actor.userId, decidedAt: now, decisionReason: reason };
    await endProposal(tx, id, { state: 'rejected', ...decided });
    await recordDrop(tx, actor, id, 'rejected', now);
    await tellOutcome(tx, change);
  });
}
