import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { Account, BudgetChange } from '#lib/db/generated/client';
import type { PrismaTransaction } from '#lib/db/prisma';
import { actingPseudonym } from '#lib/identity/acting-pseudonym';
import type { Applied } from './apply-change.ts';

/** Tells the log how the account stood and how it stands, in the transaction of the change. */
export async function recordApproval(
  tx: PrismaTransaction,
  actor: SessionActor,
  change: BudgetChange,
  { accountId, before, after }: Applied,
  now: Date,
): Promise<void> {
  await recordLeaf(
    tx,
    {
      v: 1,
      atMs: now.getTime(),
      type: 'budget.change_approved',
      by: await actingPseudonym(tx, actor),
      changeId: change.id,
      change: change.kind,
      accountId,
      before: before && standing(before),
      after: standing(after),
    },
    change.id,
  );
}

function standing({ capRhoPico, spentRhoPico, delta, state }: Account) {
  return { capRhoPico: String(capRhoPico), spentRhoPico: String(spentRhoPico), delta, state };
}
