import type { PrincipalActor } from '#lib/actor';
import { accountForecast } from '#lib/budgets/account-forecast';
import { toAccountView } from '#lib/budgets/account-view';
import { NEAR_CAP_SHARE } from '#lib/budgets/budget-tree';
import { currentPeriod } from '#lib/budgets/current-period';
import { dailySpend, holderKey } from '#lib/budgets/daily-spend';
import { visibleAccounts } from '#lib/budgets/visible-accounts';
import type { Database } from '#lib/db/prisma';
import type { Need } from './needs.ts';

/**
 * The open budgets of this period that are used up or near their cap, and those shared by many (a person's own is not forecast
 * here) that more likely than not run out before the period ends. One line a budget, the fuller first.
 */
export async function accountNeeds(
  db: Database,
  actor: PrincipalActor,
  priceRhoPico: bigint,
  now: Date,
): Promise<Need[]> {
  const accounts = await db.account.findMany({
    where: { AND: [visibleAccounts(actor), { period: currentPeriod(now), state: 'open' }] },
    orderBy: [{ kind: 'asc' }, { name: 'asc' }],
  });
  const shared = accounts.filter((account) => account.kind !== 'user');
  const spend = await dailySpend(db, shared, now);
  const needs = accounts.map((account): (Need & { kind: 'account' }) | null => {
    const view = toAccountView(account);
    const days = account.kind === 'user' ? [] : (spend.get(holderKey(account)) ?? []);
    const expected = accountForecast(view, days, priceRhoPico, now);
    const runsOutOn = expected.kind === 'runs_out' ? expected.likely : null;
    const usedShare = 1 - view.remainingShare;
    const usedUp = expected.kind === 'exhausted';
    if (usedShare < NEAR_CAP_SHARE && runsOutOn === null && !usedUp) return null;
    return {
      kind: 'account',
      id: account.id,
      name: account.name,
      holder: account.kind,
      usedShare,
      runsOutOn,
      usedUp,
    };
  });
  return needs.filter((need) => need !== null).sort((a, b) => b.usedShare - a.usedShare);
}
