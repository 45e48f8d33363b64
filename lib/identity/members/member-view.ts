import type { PrincipalActor } from '#lib/actor';
import type { Prisma } from '#lib/db/generated/client';
import { can } from '../permissions.ts';

/** What is read of a member: never the password's hash, nor what the log calls them. */
export const SHOWN = {
  id: true,
  organisationId: true,
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
} as const satisfies Prisma.UserSelect;

type Shown = Prisma.UserGetPayload<{ select: typeof SHOWN }>;

/** A member as `actor` sees them. */
export function toMember(
  { sessions, department, hospital, disabledAt, ...user }: Shown,
  actor: PrincipalActor,
) {
  const { organisationId, ...shown } = user;
  const isYou = user.id === actor.userId;
  return {
    ...shown,
    department: department.name,
    hospital: hospital?.name ?? null,
    isActive: disabledAt === null,
    lastSignInAt: sessions[0]?.createdAt ?? null,
    isYou,
    mayChange: !isYou && can(actor, 'member.change', { kind: 'member', organisationId }),
  };
}
