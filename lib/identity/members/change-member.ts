import type { SessionActor } from '#lib/actor';
import { atomically } from '#lib/db/atomically';
import type { Database } from '#lib/db/prisma';
import { ConflictError } from '#lib/errors';
import { scopeOf } from '../permissions.ts';
import { revokeKeys, withdrawInvitations } from './end-access.ts';
import { memberToChange } from './member-to-change.ts';
import { recordMemberChange } from './record-change.ts';
import { requireAnotherAdmin } from './require-another-admin.ts';
import { requirePlace } from './require-place.ts';
import type { ChangeMember } from './schemas.ts';

/**
 * Gives a member another role, department or hospital; it holds from their next request on. Keys of somebody whose new
 * role makes none are revoked, open invitations of somebody whose new role invites nobody are withdrawn. Throws
 * ConflictError when the member is no longer as `from` says, or is the last active administrator; ForbiddenError for
 * oneself.
 */
export async function changeMember(
  db: Database,
  actor: SessionActor,
  userId: string,
  { from, to, reason }: ChangeMember,
  now = new Date(),
): Promise<{ keysRevoked: number }> {
  return atomically(db, async (tx) => {
    const member = await memberToChange(tx, actor, userId);
    await requirePlace(tx, actor.organisationId, to);
    const wasAdmin = member.role === 'admin' && member.disabledAt === null;
    if (wasAdmin && to.role !== 'admin') await requireAnotherAdmin(tx, actor.organisationId, userId);

    const changed = await tx.user.updateMany({ where: { id: userId, ...from }, data: to });
    if (changed.count === 0) {
      throw new ConflictError('Somebody else has changed this member meanwhile. Look again.', {
        code: 'member_changed',
      });
    }
    const keysRevoked = scopeOf(to, 'api_key.create', 'api_key') ? 0 : await revokeKeys(tx, userId, now);
    const mayInvite = scopeOf(to, 'member.invite', 'member') !== null;
    const invitationsWithdrawn = mayInvite ? 0 : await withdrawInvitations(tx, userId, now);
    const ended = { sessionsEnded: 0, keysRevoked, invitationsWithdrawn };
    await recordMemberChange(
      tx,
      actor,
      { change: 'place', from: member, to: { ...member, ...to }, ended, reason },
      now,
    );
    return { keysRevoked };
  });
}
