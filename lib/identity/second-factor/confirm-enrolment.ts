import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { ConflictError, InvalidRequestError } from '#lib/errors';
import { requireProved } from '../require-proved.ts';
import type { FactorKeys } from './factor-keys.ts';
import { type HeardCode, hearCode, NO_WRONG_CODES, noteWrongCode } from './hear-code.ts';
import { recordOwnFactorChange } from './record-factor-change.ts';
import { replaceRecoveryCodes } from './recovery-codes.ts';
import { openSecret } from './secret-cipher.ts';
import { stepOfCode } from './totp.ts';

/**
 * The first code of an app makes it count, and this session one of two factors. Returns the ten recovery codes, for the
 * only time. Throws InvalidRequestError `wrong_code`, ConflictError where there is nothing to confirm, and as hearCode
 * does; begun again, the app is another one and its count too.
 */
export async function confirmEnrolment(
  db: Database,
  actor: SessionActor,
  { code }: { code: string },
  keys: FactorKeys,
  now = new Date(),
): Promise<string[]> {
  const { userId } = actor;
  // Before anything is counted: only who proved who they are may use up these tries.
  await requireProved(db, actor, now);
  const heard = await hearCode(db, { userId, code, app: 'unconfirmed' }, now);
  try {
    return await confirm(db, actor, heard, keys, now);
  } catch (error) {
    if (error instanceof InvalidRequestError) await noteWrongCode(db, heard, now);
    throw error;
  }
}

function confirm(db: Database, actor: SessionActor, heard: HeardCode, keys: FactorKeys, now: Date) {
  const { userId } = actor;
  return db.$transaction(async (tx) => {
    await requireProved(tx, actor, now);
    const factor = await tx.secondFactor.findFirst({ where: { userId, confirmedAt: null } });
    if (!factor || heard.number === null) throw nothingToConfirm();
    const secret = openSecret(keys.secrets, userId, factor.secretCiphertext);
    const step = stepOfCode(secret, heard.given, now);
    if (step === null) {
      throw new InvalidRequestError("The code is not right. Check the phone's clock and take the next one.", {
        code: 'wrong_code',
        param: 'code',
      });
    }
    const confirmed = await tx.secondFactor.updateMany({
      where: { userId, confirmedAt: null, secretCiphertext: factor.secretCiphertext },
      data: { confirmedAt: now, lastStep: step, ...NO_WRONG_CODES },
    });
    if (confirmed.count === 0) throw nothingToConfirm();
    const codes = await replaceRecoveryCodes(tx, keys.recoveryCodes, userId);
    await tx.session.updateMany({
      where: { id: actor.sessionId, userId },
      // Not `provedAt`: a code proves that somebody holds the phone, and nothing of who proved with the password.
      data: { secondFactor: true },
    });
    await recordOwnFactorChange(tx, actor, 'added', now);
    return codes;
  });
}

function nothingToConfirm(): ConflictError {
  return new ConflictError('There is no app to confirm. Begin again.', { code: 'nothing_to_confirm' });
}
