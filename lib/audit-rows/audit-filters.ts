import type { PrincipalActor } from '#lib/actor';
import { visibleAccounts } from '#lib/budgets/visible-accounts';
import type { Database } from '#lib/db/prisma';
import { authorise } from '#lib/identity/permissions';

/** What rows can be filtered by, beside their types: the organisation's people, and the accounts the actor may see. */
export async function auditFilters(db: Database, actor: PrincipalActor) {
  const { organisationId } = actor;
  authorise(actor, 'audit.read', { kind: 'audit_row', organisationId });
  const [people, accounts] = await Promise.all([
    db.user.findMany({
      where: { organisationId },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      select: { pseudonym: true, name: true },
    }),
    db.account.findMany({
      where: visibleAccounts(actor),
      orderBy: [{ period: 'desc' }, { kind: 'desc' }, { name: 'asc' }, { id: 'asc' }],
      select: { id: true, name: true, period: true, kind: true },
    }),
  ]);
  return { people: people.map(({ pseudonym, name }) => ({ value: pseudonym, label: name })), accounts };
}
export type AuditFilters = Awaited<ReturnType<typeof auditFilters>>;
