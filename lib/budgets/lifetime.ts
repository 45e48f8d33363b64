import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import { formatRho } from '#lib/privacy/pico-rho';
import { getAccount } from './get-account.ts';
import { mostOfPeriod } from './most-of-period.ts';

/**
 * The lifetime odometer of an account's holder: what all its periods together have spent, and what that composes to.
 * Costs in zCDP add up over periods; epsilons do not, so the sum is converted, at the account's own delta. The
 * guarantee over the same periods is the most that they can come to together.
 */
export async function lifetime(db: Database, actor: PrincipalActor, accountId: string, now: Date) {
  const { delta } = await getAccount(db, actor, accountId);
  const { kind, ownerId, organisationId } = await db.account.findUniqueOrThrow({ where: { id: accountId } });
  const periods = await db.account.findMany({
    where: { kind, ownerId, organisationId },
    orderBy: { period: 'asc' },
  });
  const spentRhoPico = periods.reduce((sum, period) => sum + period.spentRhoPico, 0n);
  const most = (some: typeof periods) => some.reduce((sum, period) => sum + mostOfPeriod(period, now), 0n);
  const mostRhoPico = most(periods);
  return {
    delta,
    since: periods[0]!.period,
    spentRho: formatRho(spentRhoPico),
    spentEpsilon: epsilonFromRho(spentRhoPico, Number(delta)),
    mostRho: formatRho(mostRhoPico),
    mostEpsilon: epsilonFromRho(mostRhoPico, Number(delta)),
    /** The same without this account's period. */
    othersRho: formatRho(most(periods.filter(({ id }) => id !== accountId))),
    periods: periods.map((period) => ({
      accountId: period.id,
      period: period.period,
      capRho: formatRho(period.capRhoPico),
      capEpsilon: epsilonFromRho(period.capRhoPico, Number(period.delta)),
      spentRho: formatRho(period.spentRhoPico),
      spentEpsilon: epsilonFromRho(period.spentRhoPico, Number(period.delta)),
      delta: period.delta,
    })),
  };
}
export type Lifetime = Awaited<ReturnType<typeof lifetime>>;
