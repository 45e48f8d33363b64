import type { PrismaTransaction } from '#lib/db/prisma';
import { can, type Standing } from '../permissions.ts';

/** Whether who made an offer could still make it: active, of that organisation, with a role that invites. */
export function inviterStands(
  inviter: (Standing & { disabledAt: Date | string | null }) | null,
  organisationId: string,
): boolean {
  if (!inviter || inviter.disabledAt) return false;
  return can(inviter, 'member.invite', { kind: 'member', organisationId });
}

type Offered = { invitedById: string; organisationId: string };

/** The same of an invitation, read now. */
export async function isStillOffered(
  db: Pick<PrismaTransaction, 'user'>,
  { invitedById, organisationId }: Offered,
): Promise<boolean> {
  const inviter = await db.user.findUnique({ where: { id: invitedById } });
  return inviterStands(inviter && { ...inviter, userId: inviter.id }, organisationId);
}
