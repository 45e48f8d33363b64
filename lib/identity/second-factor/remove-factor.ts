import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import type { SignInKeys } from '../sign-in.ts';
import { type Proof, withProof } from '../with-proof.ts';
import { recordOwnFactorChange } from './record-factor-change.ts';

/**
 * Gives up one's own authenticator app and its recovery codes. From then on the password alone opens a session, and so
 * no proof of a moment ago is enough: it takes the password and a code with it. Throws as withProof does.
 */
export async function removeFactor(
  db: Database,
  actor: SessionActor,
  proof: Proof,
  keys: SignInKeys,
  now = new Date(),
): Promise<void> {
  const { userId } = actor;
  await withProof(db, actor, proof, keys, now, async (tx) => {
    const removed = await tx.secondFactor.deleteMany({ where: { userId, confirmedAt: { not: null } } });
    if (removed.count === 0) throw new NotFoundError('You have no authenticator app.');
    // No session counts as one of two factors any more.
    await tx.session.updateMany({ where: { userId }, data: { secondFactor: false } });
    await recordOwnFactorChange(tx, actor, 'removed', now);
  });
}
