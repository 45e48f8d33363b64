import type { SessionActor } from '#lib/actor';
import { keepReason } from '#lib/audit-log/keep-reason';
import type { Database } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import { memberToChange } from '../members/member-to-change.ts';
import { requireProved } from '../require-proved.ts';
import { recordFactorChange } from './record-factor-change.ts';

/**
 * An administrator takes the authenticator app off a member who lost it. Their sessions end with it: the phone that is
 * lost may have been signed in. Returns how many.
 */
export async function resetFactor(
  db: Database,
  actor: SessionActor,
  userId: string,
  { reason }: { reason: string },
  now = new Date(),
): Promise<number> {
  return db.$transaction(async (tx) => {
    const member = await memberToChange(tx, actor, userId);
    await requireProved(tx, actor, now);
    const removed = await tx.secondFactor.deleteMany({ where: { userId, confirmedAt: { not: null } } });
    if (removed.count === 0) {
      throw new NotFoundError('This member has no authenticator app.', { code: 'no_second_factor' });
    }
    const ended = await tx.session.updateMany({
      where: { userId, revokedAt: null, expiresAt: { gt: now } },
      data: { revokedAt: now },
    });
    const type = 'second_factor.changed';
    const reasonId = await keepReason(tx, actor, { type, subjectId: userId, reason }, now);
    await recordFactorChange(tx, actor, { change: 'removed', member, reasonId }, now);
    return ended.count;
  });
}
