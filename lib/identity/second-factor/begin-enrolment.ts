import { renderSVG } from 'uqr';
import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { ConflictError } from '#lib/errors';
import { requireProved } from '../require-proved.ts';
import type { FactorKeys } from './factor-keys.ts';
import { sealSecret } from './secret-cipher.ts';
import { newTotpSecret, totpSetup } from './totp.ts';

/** What an authenticator app is told, as text, as an address and as a picture of it. */
export type Enrolment = { secret: string; uri: string; qrSvg: string };

/**
 * Makes the secret of an authenticator app. It counts for nothing until its first code confirms it, so nothing is
 * logged yet; begun again it is another one. Throws ConflictError for who has a confirmed one.
 */
export async function beginEnrolment(
  db: Database,
  actor: SessionActor,
  keys: FactorKeys,
  now = new Date(),
): Promise<Enrolment> {
  const { userId } = actor;
  const secret = newTotpSecret();
  const { email, organisation } = await db.$transaction(async (tx) => {
    await requireProved(tx, actor, now);
    const confirmed = await tx.secondFactor.count({ where: { userId, confirmedAt: { not: null } } });
    if (confirmed > 0) {
      throw new ConflictError('You have an authenticator app already. Remove it first.', {
        code: 'second_factor_exists',
      });
    }
    const row = {
      secretCiphertext: sealSecret(keys.secrets, userId, secret),
      createdAt: now,
      lastStep: null,
    };
    // One that was confirmed meanwhile stays: it has codes that somebody wrote down.
    await tx.secondFactor.deleteMany({ where: { userId, confirmedAt: null } });
    await tx.secondFactor.create({ data: { userId, ...row } });
    return tx.user.findUniqueOrThrow({
      where: { id: userId },
      select: { email: true, organisation: { select: { name: true } } },
    });
  });
  const setup = totpSetup(secret, `FDLR ${organisation.name}`, email);
  return { ...setup, qrSvg: renderSVG(setup.uri, { border: 2 }) };
}
