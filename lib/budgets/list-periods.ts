import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { currentPeriod } from './current-period.ts';
import { visibleAccounts } from './visible-accounts.ts';

/** The periods in which `actor` may see accounts, newest first; the present one is always among them. */
export async function listPeriods(db: Database, actor: PrincipalActor, now: Date): Promise<string[]> {
  const rows = await db.account.groupBy({ by: ['period'], where: visibleAccounts(actor) });
  return [...new Set([currentPeriod(now), ...rows.map((row) => row.period)])].sort().reverse();
}
