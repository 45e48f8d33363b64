import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { authorise, can } from '../permissions.ts';

/** The offers of `actor`'s organisation that are neither taken up nor withdrawn, newest first. */
export async function listInvitations(db: Database, actor: PrincipalActor, now = new Date()) {
  const { organisationId } = actor;
  const resource = { kind: 'member', organisationId } as const;
  authorise(actor, 'member.read', resource);
  const mayManage = can(actor, 'member.invite', resource);
  const rows = await db.invitation.findMany({
    where: { organisationId, acceptedAt: null, withdrawnAt: null },
    include: { department: { select: { name: true } }, hospital: { select: { name: true } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    department: row.department.name,
    hospital: row.hospital?.name ?? null,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    isExpired: row.expiresAt <= now,
    mayManage,
  }));
}
export type InvitationRow = Awaited<ReturnType<typeof listInvitations>>[number];
