import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { PrismaTransaction } from '#lib/db/prisma';
import { ConflictError } from '#lib/errors';
import { actingPseudonym } from '#lib/identity/acting-pseudonym';

type Closing = {
  outcome: 'proposed' | 'declined' | 'withdrawn';
  /** What the officer said to it. */
  answer: string | null;
  changeId: string | null;
};

/** Ends a request for more, if it is still open, with its leaf. Throws ConflictError for who comes second. */
export async function closeIncrease(
  tx: PrismaTransaction,
  actor: SessionActor,
  id: string,
  { outcome, answer, changeId }: Closing,
  now: Date,
): Promise<void> {
  const closed = await tx.budgetRequest.updateMany({
    where: { id, state: 'open' },
    data: { state: outcome, answer, changeId, handledById: actor.userId, handledAt: now },
  });
  if (closed.count === 0) {
    throw new ConflictError('This request was answered or withdrawn before.', { code: 'already_answered' });
  }
  const by = await actingPseudonym(tx, actor);
  await recordLeaf(
    tx,
    {
      v: 1,
      atMs: now.getTime(),
      type: 'budget.request_closed',
      by,
      budgetRequestId: id,
      outcome,
      changeId,
    },
    id,
  );
}
