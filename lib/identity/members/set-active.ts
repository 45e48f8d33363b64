import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import { keepReason } from '#lib/audit-log/keep-reason';
import { atomically } from '#lib/db/atomically';
import type { Database } from '#lib/db/prisma';
import { ConflictError } from '#lib/errors';
import { actingPseudonym } from '../acting-pseudonym.ts';
import { endSessions, revokeKeys, withdrawInvitations } from './end-access.ts';
import { memberToChange } from './member-to-change.ts';
import { requireAnotherAdmin } from './require-another-admin.ts';
import type { SetActive } from './schemas.ts';
import { standingOf } from './standing.ts';

/**
 * Disables a member, which ends their sessions, revokes their keys and withdraws their open invitations at once, or
 * lets them in again. Throws ConflictError when that is so already or no administrator would be left; ForbiddenError for oneself.
 */
export async function setActive(
  db: Database,
  actor: SessionActor,
  userId: string,
  { active, reason }: SetActive,
  now = new Date(),
): Promise<{ sessionsEnded: number; keysRevoked: number }> {
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
    const sessionsEnded = active ? 0 : await endSessions(tx, userId, now);
    const keysRevoked = active ? 0 : await revokeKeys(tx, userId, now);
    const invitationsWithdrawn = active ? 0 : await withdrawInvitations(tx, userId, now);
    const type = 'member.changed';
    await recordLeaf(
      tx,
      {
        v: 1,
        atMs: now.getTime(),
        type,
        by: await actingPseudonym(tx, actor),
        member: member.pseudonym,
        change: active ? 'enabled' : 'disabled',
        from: standingOf(member),
        to: standingOf({ ...member, disabledAt }),
        sessionsEnded,
        keysRevoked,
        invitationsWithdrawn,
        reasonId: await keepReason(tx, actor, { type, subjectId: userId, reason }, now),
      },
      userId,
    );
    return { sessionsEnded, keysRevoked };
  });
}
