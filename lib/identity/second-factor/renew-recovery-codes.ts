import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import { hasSecondFactor, requireProved } from '../require-proved.ts';
import type { FactorKeys } from './factor-keys.ts';
import { recordOwnFactorChange } from './record-factor-change.ts';
import { replaceRecoveryCodes } from './recovery-codes.ts';

/** Ten new recovery codes, shown this once; the former ones open nothing any more. */
export async function renewRecoveryCodes(
  db: Database,
  actor: SessionActor,
  keys: FactorKeys,
  now = new Date(),
): Promise<string[]> {
  return db.$transaction(async (tx) => {
    await requireProved(tx, actor, now);
    if (!(await hasSecondFactor(tx, actor.userId))) throw new NotFoundError('You have no authenticator app.');
    const codes = await replaceRecoveryCodes(tx, keys.recoveryCodes, actor.userId);
    await recordOwnFactorChange(tx, actor, 'recovery_codes', now);
    return codes;
  });
}
