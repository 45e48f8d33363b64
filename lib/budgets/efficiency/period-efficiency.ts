import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { visibleAccounts } from '../visible-accounts.ts';
import { efficiencyOf } from './efficiency-cache.ts';
import { overallEfficiency } from './overall-efficiency.ts';

/** The same of all accounts of a period that the actor may see. Throws ForbiddenError for a role that reads none. */
export async function periodEfficiency(db: Database, actor: PrincipalActor, period: string) {
  const accounts = await db.account.findMany({
    where: { AND: [visibleAccounts(actor), { period }] },
    orderBy: { id: 'asc' },
  });
  return overallEfficiency(await efficiencyOf(db, accounts));
}
