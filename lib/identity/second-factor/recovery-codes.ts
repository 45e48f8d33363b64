import { createHmac, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { Secret } from 'otpauth';
import type { PrismaTransaction } from '#lib/db/prisma';

export const RECOVERY_CODES = 10;
const CODE_BYTES = 10;

/** Sixteen letters and digits (80 random bits) in groups of four, easy to copy from paper. */
export function newRecoveryCode(): string {
  const letters = new Secret({ buffer: new Uint8Array(randomBytes(CODE_BYTES)).buffer }).base32.toLowerCase();
  return letters.match(/.{4}/g)!.join('-');
}

/** Under a key, so that the table alone tests no guess; per person, so that a hash moved to another opens nothing. */
export function recoveryCodeHash(key: KeyObject, userId: string, code: string): Uint8Array<ArrayBuffer> {
  const plain = code.toLowerCase().replace(/[^a-z2-7]/g, '');
  return new Uint8Array(createHmac('sha256', key).update(`recovery:${userId}:${plain}`).digest());
}

/** Makes the ten codes anew; those before work no more. This is the only time anybody sees them. */
export async function replaceRecoveryCodes(
  tx: PrismaTransaction,
  key: KeyObject,
  userId: string,
): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ id: randomUUID(), userId, codeHash: recoveryCodeHash(key, userId, code) })),
  });
  return codes;
}
