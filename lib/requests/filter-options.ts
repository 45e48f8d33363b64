import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { authorise, scopeOf } from '#lib/identity/permissions';

type Option = { value: string; label: string };
export type FilterOptions = { purposes: Option[]; departments: Option[]; users: Option[] };

/**
 * What requests can be filtered by, beside what is fixed. People and departments only for those who oversee others;
 * who sees but their own requests has one of each.
 */
export async function filterOptions(db: Database, actor: PrincipalActor): Promise<FilterOptions> {
  const { organisationId } = actor;
  authorise(actor, 'request.read', { ...actor, kind: 'request' });
  const oversees = scopeOf(actor, 'request.read', 'request') === 'organisation';
  const [purposes, departments, users] = await Promise.all([
    db.purpose.findMany({ orderBy: { display: 'asc' } }),
    oversees ? db.department.findMany({ where: { organisationId }, orderBy: { name: 'asc' } }) : [],
    oversees
      ? db.user.findMany({
          where: { organisationId },
          orderBy: { name: 'asc' },
          select: { id: true, name: true },
        })
      : [],
  ]);
  const named = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name });
  return {
    purposes: purposes.map(({ code, display }) => ({ value: code, label: display })),
    departments: departments.map(named),
    users: users.map(named),
  };
}
