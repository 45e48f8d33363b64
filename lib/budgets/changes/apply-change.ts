import { randomUUID } from 'node:crypto';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import { isUniqueViolation } from '#lib/db/atomically';
import type { Account, BudgetChange } from '#lib/db/generated/client';
import type { PrismaTransaction } from '#lib/db/prisma';
import { ConflictError, UnprocessableError } from '#lib/errors';
import { accountOpened } from '#lib/ledger/open-account';
import { periodBounds } from '../period-bounds.ts';
import { chargeOwed } from './charge-owed.ts';
import { clearChargeAlerts } from './clear-charge-alerts.ts';
import { lockAccount } from './lock-account.ts';
import { findOwed, lockNodesOf } from './owed.ts';
import { requireCapAboveUsed } from './require-cap-above-used.ts';
import { requireOwedFits } from './require-owed-fits.ts';

export type Applied = { accountId: string; before: Account | null; after: Account };

/**
 * Does to the account what was proposed, if it still is as the proposal found it. What receipts prove and it was never
 * charged is charged with it; a cap that does not bear that is refused.
 */
export async function applyChange(tx: PrismaTransaction, change: BudgetChange, now: Date): Promise<Applied> {
  if (periodBounds(change.period).end <= now) {
    throw new UnprocessableError(`The period ${change.period} is over. Nothing was changed.`, {
      code: 'period_over',
    });
  }
  return change.accountId === null
    ? openProposed(tx, change, now)
    : changeProposed(tx, change, change.accountId, now);
}

async function changeProposed(
  tx: PrismaTransaction,
  change: BudgetChange,
  accountId: string,
  now: Date,
): Promise<Applied> {
  const before = await lockAccount(tx, accountId);
  if (before.capRhoPico !== change.fromRhoPico) {
    throw changedMeanwhile('The cap is another one than when this was proposed.', 'cap_changed');
  }
  const needed = { cap: null, open: null, freeze: 'open', thaw: 'frozen' } as const;
  const state = needed[change.kind];
  if (before.state === 'closed' || (state !== null && before.state !== state)) {
    throw changedMeanwhile(`This budget is ${before.state} by now.`, 'state_changed');
  }
  const where = { id: accountId };
  if (change.kind === 'freeze') {
    return { accountId, before, after: await tx.account.update({ where, data: { state: 'frozen' } }) };
  }
  // What was let go and no cap could bear comes before anything else is let go.
  const owed = await findOwed(tx, before);
  const changed = await tx.account.update({ where, data: dataOf(change, before, owed.rhoPico) });
  const after = await chargeOwed(tx, changed, owed, now);
  await clearChargeAlerts(tx, after, now);
  return { accountId, before, after };
}

function dataOf(change: BudgetChange, before: Account, owedRhoPico: bigint) {
  if (change.kind === 'thaw') {
    requireOwedFits(before, owedRhoPico);
    return { state: 'open' as const };
  }
  const capRhoPico = change.toRhoPico!;
  requireCapAboveUsed(before, capRhoPico, owedRhoPico);
  return { capRhoPico };
}

async function openProposed(tx: PrismaTransaction, change: BudgetChange, now: Date): Promise<Applied> {
  const { holderKind: kind, ownerId, organisationId, name, period, delta } = change;
  const account = { kind, ownerId, organisationId, name, period, delta, capRhoPico: change.toRhoPico! };
  const accountId = randomUUID();
  try {
    if (kind === 'dataset') await lockNodesOf(tx, ownerId);
    const opened = await tx.account.create({ data: { ...account, id: accountId, createdAt: now } });
    await recordLeaf(tx, accountOpened(accountId, account, now), accountId);
    const owed = await findOwed(tx, opened);
    requireCapAboveUsed(opened, opened.capRhoPico, owed.rhoPico);
    const after = await chargeOwed(tx, opened, owed, now);
    await clearChargeAlerts(tx, after, now);
    return { accountId, before: null, after };
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw changedMeanwhile('This budget is open by now.', 'state_changed');
  }
}

function changedMeanwhile(what: string, code: string): ConflictError {
  return new ConflictError(`${what} Nothing was changed: reject this proposal, and propose anew.`, { code });
}
