import type { PrismaTransaction } from '#lib/db/prisma';
import { UnauthenticatedError } from '#lib/errors';
import type { FactorKeys } from './factor-keys.ts';
import { APP_CODE, type HeardCode, NO_WRONG_CODES } from './hear-code.ts';
import { recoveryCodeHash } from './recovery-codes.ts';
import { openSecret } from './secret-cipher.ts';
import { stepOfCode } from './totp.ts';

export type Factors = 'password' | 'password_and_app' | 'password_and_recovery_code';

/**
 * Takes the code of somebody whose password was right, in the transaction of what it opens: a code works once, also for
 * two who send it at the same moment, and a right one ends the count of wrong ones. Throws UnauthenticatedError
 * `code_needed` or `wrong_code`.
 */
export async function takeSecondFactor(
  tx: PrismaTransaction,
  keys: FactorKeys,
  { userId, given, number }: HeardCode,
  now: Date,
): Promise<Factors> {
  const factor = await tx.secondFactor.findFirst({ where: { userId, confirmedAt: { not: null } } });
  if (!factor) return 'password';
  // Also one that was not counted, because the app was confirmed only since: no code is looked at that was not.
  if (number === null) {
    throw new UnauthenticatedError('A code of your authenticator app is needed.', { code: 'code_needed' });
  }
  if (APP_CODE.test(given)) {
    const step = stepOfCode(openSecret(keys.secrets, userId, factor.secretCiphertext), given, now);
    if (step !== null && (await takeStep(tx, userId, step))) return 'password_and_app';
  } else if (await takeRecoveryCode(tx, keys, userId, given, now)) return 'password_and_recovery_code';
  throw new UnauthenticatedError('The code is not right, or it was used before.', { code: 'wrong_code' });
}

/** A step counts once, and none before it any more. */
async function takeStep(tx: PrismaTransaction, userId: string, step: bigint): Promise<boolean> {
  const taken = await tx.secondFactor.updateMany({
    where: { userId, OR: [{ lastStep: null }, { lastStep: { lt: step } }] },
    data: { lastStep: step, ...NO_WRONG_CODES },
  });
  return taken.count === 1;
}

async function takeRecoveryCode(
  tx: PrismaTransaction,
  keys: FactorKeys,
  userId: string,
  code: string,
  now: Date,
): Promise<boolean> {
  const taken = await tx.recoveryCode.updateMany({
    where: { userId, codeHash: recoveryCodeHash(keys.recoveryCodes, userId, code), usedAt: null },
    data: { usedAt: now },
  });
  if (taken.count === 0) return false;
  await tx.secondFactor.update({ where: { userId }, data: NO_WRONG_CODES });
  return true;
}
