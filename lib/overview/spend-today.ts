import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { formatRho, rhoPicoToNumber } from '#lib/privacy/pico-rho';
import { ownDatasets } from './own-datasets.ts';
import { daysLeftInPeriod, evenPaceRhoPico, startOfUtcDay } from './spend-plan.ts';

/**
 * What each dataset of the organisation spent today, beside an even pace to the period's end. `price` is the rho of a
 * default question, in which both are counted too.
 */
export async function spendToday(
  db: Database,
  actor: PrincipalActor,
  priceRhoPico: bigint,
  now = new Date(),
) {
  const accounts = await ownDatasets(db, actor, now);
  const sums = await db.ledgerEntry.groupBy({
    by: ['accountId'],
    where: {
      accountId: { in: accounts.map((account) => account.id) },
      createdAt: { gte: startOfUtcDay(now), lte: now },
    },
    _sum: { spentDeltaPico: true },
  });
  const spent = new Map(sums.map((row) => [row.accountId, row._sum.spentDeltaPico ?? 0n]));
  return {
    daysLeft: daysLeftInPeriod(now),
    datasets: accounts.map((account) => {
      const spentPico = spent.get(account.id) ?? 0n;
      const planPico = evenPaceRhoPico(account, spentPico, now);
      return {
        id: account.id,
        name: account.name,
        delta: account.delta,
        spentRho: formatRho(spentPico),
        planRho: formatRho(planPico),
        /** In default questions, for reading. */
        spentQuestions: rhoPicoToNumber(spentPico) / rhoPicoToNumber(priceRhoPico),
        planQuestions: Number(planPico / priceRhoPico),
        overPlan: spentPico > planPico,
      };
    }),
  };
}
export type SpendToday = Awaited<ReturnType<typeof spendToday>>;
