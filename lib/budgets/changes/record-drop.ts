import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { PrismaTransaction } from '#lib/db/prisma';
import { actingPseudonym } from '#lib/identity/acting-pseudonym';

/** Tells the log that a proposal came to nothing. */
export async function recordDrop(
  tx: PrismaTransaction,
  actor: SessionActor,
  changeId: string,
  outcome: 'rejected' | 'withdrawn',
  now: Date,
): Promise<void> {
  const by = await actingPseudonym(tx, actor);
  await recordLeaf(
    tx,
    { v: 1, atMs: now.getTime(), type: 'budget.change_dropped', by, changeId, outcome },
    changeId,
  );
}
