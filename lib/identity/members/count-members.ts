import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { authorise } from '../permissions.ts';

/** How many people of `actor`'s organisation can sign in, how many of them administer it, and how many are disabled. */
export async function countMembers(db: Database, actor: PrincipalActor) {
  const { organisationId } = actor;
  authorise(actor, 'member.read', { kind: 'member', organisationId });
  const active = { organisationId, disabledAt: null };
  const [members, admins, disabled] = await Promise.all([
    db.user.count({ where: active }),
    db.user.count({ where: { ...active, role: 'admin' } }),
    db.user.count({ where: { organisationId, disabledAt: { not: null } } }),
  ]);
  return { members, admins, disabled };
}
