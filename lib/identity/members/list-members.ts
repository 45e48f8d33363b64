import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { authorise, can } from '../permissions.ts';

/** Everybody of `actor`'s organisation by name, with what the list of members shows of them. */
export async function listMembers(db: Database, actor: PrincipalActor) {
  const { organisationId } = actor;
  const resource = { kind: 'member', organisationId } as const;
  authorise(actor, 'member.read', resource);
  const mayChange = can(actor, 'member.change', resource);
  const users = await db.user.findMany({
    where: { organisationId },
    select: {
      id: true,
      name: true,
      email: true,
      role: true,
      departmentId: true,
      hospitalId: true,
      department: { select: { name: true } },
      hospital: { select: { name: true } },
      disabledAt: true,
      createdAt: true,
      sessions: { select: { createdAt: true }, orderBy: { createdAt: 'desc' }, take: 1 },
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return users.map(({ sessions, department, hospital, ...user }) => ({
    ...user,
    department: department.name,
    hospital: hospital?.name ?? null,
    isActive: user.disabledAt === null,
    lastSignInAt: sessions[0]?.createdAt ?? null,
    isYou: user.id === actor.userId,
    mayChange: mayChange && user.id !== actor.userId,
  }));
}
export type MemberRow = Awaited<ReturnType<typeof listMembers>>[number];
