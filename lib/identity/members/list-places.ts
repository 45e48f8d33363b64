import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { authorise } from '../permissions.ts';

/** The departments and hospitals that a member can be given. */
export async function listPlaces(db: Database, actor: PrincipalActor) {
  const { organisationId } = actor;
  authorise(actor, 'member.read', { kind: 'member', organisationId });
  const one = {
    where: { organisationId },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  } as const;
  const [departments, hospitals] = await Promise.all([
    db.department.findMany(one),
    db.hospital.findMany(one),
  ]);
  return { departments, hospitals };
}
export type Places = Awaited<ReturnType<typeof listPlaces>>;
