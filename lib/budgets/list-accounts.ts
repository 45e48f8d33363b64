import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { toAccountView } from './account-view.ts';
import { currentPeriod } from './current-period.ts';
import { visibleAccounts } from './visible-accounts.ts';

/** The accounts of the current period that `actor` may see, by kind and name. Throws ForbiddenError for none at all. */
export async function listAccounts(db: Database, actor: PrincipalActor, now = new Date()) {
  const rows = await db.account.findMany({
    where: { AND: [visibleAccounts(actor), { period: currentPeriod(now) }] },
    orderBy: [{ kind: 'asc' }, { name: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toAccountView);
}
