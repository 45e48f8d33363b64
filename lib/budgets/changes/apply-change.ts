import { randomUUID } from 'node:crypto';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import { isUniqueViolation } from '#lib/db/atomically';
import type { Account, BudgetChange } from '#lib/db/generated/client';
import type { PrismaTransaction } from '#lib/db/prisma';
import { ConflictError, UnprocessableError } from '#lib/errors';
import { accountOpened } from '#lib/ledger/open-account';
import { periodBounds } from '../period-bounds.ts';
import { lockAccount } from './lock-account.ts';
import { requireCapAboveUsed } from './require-cap-above-used.ts';

export type Applied = { accountId: string; before: Account | null; after: Account };

/** Does to the account what was proposed, if it still is as the proposal found it. */
export async function applyChange(tx: PrismaTransaction, change: BudgetChange, now: Date): Promise<Applied> {
  if (periodBounds(change.period).end <= now) {
    throw new UnprocessableError(`The period ${change.period} is over. Nothing was changed.`, {
      code: 'period_over',
    });
  }
  return change.accountId === null
    ? openProposed(tx, change, now)
    : changeProposed(tx, change, change.accountId);
}

async function changeProposed(
  tx: PrismaTransaction,
  change: BudgetChange,
  accountId: string,
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
  const after = await tx.account.update({ where: { id: accountId }, data: dataOf(change, before) });
  return { accountId, before, after };
}

function dataOf(change: BudgetChange, before: Account) {
  if (change.kind === 'freeze') return { state: 'frozen' as const };
  if (change.kind === 'thaw') return { state: 'open' as const };
  const capRhoPico = change.toRhoPico!;
  requireCapAboveUsed(before, capRhoPico);
  return { capRhoPico };
}

async function openProposed(tx: PrismaTransaction, change: BudgetChange, now: Date): Promise<Applied> {
  const { holderKind: kind, ownerId, organisationId, name, period, delta } = change;
  const account = { kind, ownerId, organisationId, name, period, delta, capRhoPico: change.toRhoPico! };
  const accountId = randomUUID();
  try {
    const after = await tx.account.create({ data: { ...account, id: accountId, createdAt: now } });
    await recordLeaf(tx, accountOpened(accountId, account, now), accountId);
    return { accountId, before: null, after };
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw changedMeanwhile('This budget is open by now.', 'state_changed');
  }
}

function changedMeanwhile(what: string, code: string): ConflictError {
  return new ConflictError(`${what} Nothing was changed: reject this proposal, and propose anew.`, { code });
}
