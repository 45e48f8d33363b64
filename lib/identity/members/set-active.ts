import type { SessionActor } from '#lib/actor';
import { atomically } from '#lib/db/atomically';
import type { Database } from '#lib/db/prisma';
import { ConflictError } from '#lib/errors';
import { endAccess } from './end-access.ts';
import { memberToChange } from './member-to-change.ts';
import { type Ended, recordMemberChange } from './record-change.ts';
import { requireAnotherAdmin } from './require-another-admin.ts';
import type { SetActive } from './schemas.ts';

const NOTHING_ENDED: Ended = { sessionsEnded: 0, keysRevoked: 0, invitationsWithdrawn: 0 };

/**
 * Disables a member, which ends their sessions, revokes their keys and withdraws their open invitations at once, or
 * lets them in again. Throws ConflictError when that is so already or no administrator would be left; ForbiddenError
 * for oneself.
 */
export async function setActive(
  db: Database,
  actor: SessionActor,
  userId: string,
  { active, reason }: SetActive,
  now = new Date(),
): Promise<Ended> {
  return atomically(db, async (tx) => {
    const member = await memberToChange(tx, actor, userId);
    if (!active && member.role === 'admin') await requireAnotherAdmin(tx, actor.organisationId, userId);

    const disabledAt = active ? null : now;
    const changed = await tx.user.updateMany({
      where: { id: userId, disabledAt: active ? { not: null } : null },
      data: { disabledAt },
    });
    if (changed.count === 0) {
      throw new ConflictError(`This member is ${active ? 'active' : 'disabled'} already.`, {
        code: 'member_changed',
      });
    }
    const ended = active ? NOTHING_ENDED : await endAccess(tx, userId, now);
    const change = active ? 'enabled' : 'disabled';
    await recordMemberChange(
      tx,
      actor,
      { change, from: member, to: { ...member, disabledAt }, ended, reason },
      now,
    );
    return ended;
  });
}
