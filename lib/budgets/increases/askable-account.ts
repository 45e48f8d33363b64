import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { can } from '#lib/identity/permissions';
import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import { currentPeriod } from '../current-period.ts';

/** The account that this person may ask more for, and its cap; null for who has none or may not ask. */
export async function askableAccount(db: Database, actor: PrincipalActor, now: Date) {
  const { organisationId, userId } = actor;
  if (!can(actor, 'budget.ask', { kind: 'user_account', organisationId, userId })) return null;
  const account = await db.account.findFirst({
    where: { kind: 'user', ownerId: userId, organisationId, period: currentPeriod(now) },
  });
  if (!account) return null;
  const waiting = await db.budgetRequest.count({ where: { accountId: account.id, userId, state: 'open' } });
  return {
    id: account.id,
    period: account.period,
    delta: account.delta,
    capEpsilon: epsilonFromRho(account.capRhoPico, Number(account.delta)),
    waiting: waiting > 0,
  };
}
export type AskableAccount = Awaited<ReturnType<typeof askableAccount>>;
