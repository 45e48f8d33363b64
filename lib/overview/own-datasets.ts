import type { PrincipalActor } from '#lib/actor';
import { currentPeriod } from '#lib/budgets/current-period';
import type { Database } from '#lib/db/prisma';
import { authorise } from '#lib/identity/permissions';

/** The organisation's datasets, which carry the guarantee: their accounts of the running period, by name. */
export async function ownDatasets(db: Database, actor: PrincipalActor, now: Date) {
  const { organisationId } = actor;
  authorise(actor, 'account.read', { kind: 'dataset_account', organisationId });
  return db.account.findMany({
    where: { organisationId, kind: 'dataset', period: currentPeriod(now) },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
}
