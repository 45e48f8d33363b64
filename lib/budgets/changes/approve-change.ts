import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { requireTwoFactors } from '#lib/identity/require-proved';
import { applyChange } from './apply-change.ts';
import { changeToDecide, endProposal } from './change-to-decide.ts';
import { lockAccount } from './lock-account.ts';
import { recordApproval } from './record-approval.ts';
import type { Decide } from './schemas.ts';
import { tellOutcome } from './tell-outcome.ts';

/**
 * The second person's yes: the proposal ends, the account changes and the log has both sides of it, or none of it is so.
 * Throws ForbiddenError for one's own proposal and without a fresh proof of two factors, ConflictError for one that was
 * decided, or whose account changed since (`cap_changed`), UnprocessableError for a cap that is below what is spent by
 * now. Returns the account's id.
 */
export async function approveChange(
  db: Database,
  actor: SessionActor,
  id: string,
  { reason }: Decide,
  now = new Date(),
): Promise<{ accountId: string }> {
  return db.$transaction(async (tx) => {
    const change = await changeToDecide(tx, actor, id);
    await requireTwoFactors(tx, actor, now);
    const decided = { decidedById: actor.userId, decidedAt: now, decisionReason: reason };
    // The account before the proposal, as who proposes does: in another order two could wait for each other.
    if (change.accountId !== null) await lockAccount(tx, change.accountId);
    await endProposal(tx, id, { state: 'approved', ...decided });
    const { accountId, before, after } = await applyChange(tx, change, now);
    if (change.accountId === null) await tx.budgetChange.update({ where: { id }, data: { accountId } });
    await recordApproval(tx, actor, change, { accountId, before, after }, now);
    await tellOutcome(tx, change);
    return { accountId };
  });
}
