import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { getAccount } from '../get-account.ts';
import { efficiencyOf } from './efficiency-cache.ts';

/** The best proved bound of what ran on one account, for questions and lengths fixed beforehand, beside what it was charged. Throws as getAccount does. */
export async function accountEfficiency(db: Database, actor: PrincipalActor, id: string) {
  await getAccount(db, actor, id);
  const account = await db.account.findUniqueOrThrow({ where: { id } });
  const [measured] = await efficiencyOf(db, [account]);
  return {
    delta: account.delta,
    period: account.period,
    computedAt: measured!.computedAt,
    ...measured!.efficiency,
  };
}
