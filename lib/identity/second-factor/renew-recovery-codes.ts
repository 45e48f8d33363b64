import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import type { SignInKeys } from '../sign-in.ts';
import { type Proof, withProof } from '../with-proof.ts';
import { recordOwnFactorChange } from './record-factor-change.ts';
import { replaceRecoveryCodes } from './recovery-codes.ts';

/**
 * Ten new recovery codes, shown this once; the former ones open nothing any more. Each is as good as the app, and so it
 * takes the password and a code with it. Throws as withProof does.
 */
export async function renewRecoveryCodes(
  db: Database,
  actor: SessionActor,
  proof: Proof,
  keys: SignInKeys,
  now = new Date(),
): Promise<string[]> {
  return withProof(db, actor, proof, keys, now, async (tx, { factors }) => {
    if (factors === 'password') throw new NotFoundError('You have no authenticator app.');
    const codes = await replaceRecoveryCodes(tx, keys.factors.recoveryCodes, actor.userId);
    await recordOwnFactorChange(tx, actor, 'recovery_codes', now);
    return codes;
  });
}
