import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { Database } from '#lib/db/prisma';
import { UnauthenticatedError } from '#lib/errors';
import type { SignInKeys } from './sign-in.ts';
import { type Proof, withProof } from './with-proof.ts';

/**
 * Lets somebody who is signed in prove anew who they are, with every factor they have: for five minutes they may do
 * what asks for it. Throws as withProof does.
 */
export async function prove(
  db: Database,
  actor: SessionActor,
  proof: Proof,
  keys: SignInKeys,
  now = new Date(),
): Promise<void> {
  await withProof(db, actor, proof, keys, now, async (tx, { id, pseudonym: by, factors }) => {
    const proved = await tx.session.updateMany({
      where: { id: actor.sessionId, userId: id, revokedAt: null, expiresAt: { gt: now } },
      data: { provedAt: now, secondFactor: factors !== 'password' },
    });
    if (proved.count === 0) throw new UnauthenticatedError('Your session is over. Sign in again.');
    await recordLeaf(tx, { v: 1, atMs: now.getTime(), type: 'session.proved', by, factors }, id);
  });
}
