import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import { requireProved } from '../require-proved.ts';
import { recordOwnFactorChange } from './record-factor-change.ts';

/** Gives up one's own authenticator app and its recovery codes. From then on the password alone opens a session. */
export async function removeFactor(db: Database, actor: SessionActor, now = new Date()): Promise<void> {
  const { userId } = actor;
  await db.$transaction(async (tx) => {
    await requireProved(tx, actor, now);
    const removed = await tx.secondFactor.deleteMany({ where: { userId, confirmedAt: { not: null } } });
    if (removed.count === 0) throw new NotFoundError('You have no authenticator app.');
    // No session counts as one of two factors any more.
    await tx.session.updateMany({ where: { userId }, data: { secondFactor: false } });
    await recordOwnFactorChange(tx, actor, 'removed', now);
  });
}
