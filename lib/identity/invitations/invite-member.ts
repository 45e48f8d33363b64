import type { SessionActor } from '#lib/actor';
import { isUniqueViolation } from '#lib/db/atomically';
import type { Database, PrismaTransaction } from '#lib/db/prisma';
import { ConflictError } from '#lib/errors';
import { requirePlace } from '../members/require-place.ts';
import { authorise } from '../permissions.ts';
import type { Invite } from './invite-schema.ts';
import { type Offered, openInvitation } from './open-invitation.ts';

/**
 * Offers somebody a place: row, leaf and mail stand or fall together. Throws ConflictError for a member and for an
 * address that is invited already. That an address has an account elsewhere is not said here, but to whoever owns it.
 */
export async function inviteMember(
  db: Database,
  actor: SessionActor,
  key: Buffer,
  invite: Invite,
  now = new Date(),
): Promise<Offered> {
  const { organisationId } = actor;
  authorise(actor, 'member.invite', { kind: 'member', organisationId });
  try {
    return await db.$transaction(async (tx) => {
      await requirePlace(tx, organisationId, invite);
      await requireStranger(tx, organisationId, invite.email);
      const replaces = await clearExpired(tx, organisationId, invite.email, now);
      return openInvitation(tx, actor, key, { invite, replaces }, now);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new ConflictError('This address is invited already. Send that invitation again instead.', {
      code: 'already_invited',
      param: 'email',
    });
  }
}

async function requireStranger(tx: PrismaTransaction, organisationId: string, email: string): Promise<void> {
  const members = await tx.user.count({ where: { organisationId, email } });
  if (members === 0) return;
  throw new ConflictError('This address belongs to a member already.', {
    code: 'already_member',
    param: 'email',
  });
}

/** An invitation that ran out makes room for a new one; one that still works does not. */
async function clearExpired(
  tx: PrismaTransaction,
  organisationId: string,
  email: string,
  now: Date,
): Promise<string | null> {
  const open = { organisationId, email, acceptedAt: null, withdrawnAt: null };
  const expired = await tx.invitation.findFirst({ where: { ...open, expiresAt: { lte: now } } });
  if (!expired) return null;
  await tx.invitation.updateMany({ where: { ...open, id: expired.id }, data: { withdrawnAt: now } });
  return expired.id;
}
