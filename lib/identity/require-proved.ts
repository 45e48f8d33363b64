import type { SessionActor } from '#lib/actor';
import type { PrismaTransaction } from '#lib/db/prisma';
import { ForbiddenError } from '#lib/errors';

/** What moves a guarantee is decided only so long after somebody proved who they are. */
export const PROOF_MS = 5 * 60 * 1000;

/**
 * Throws ForbiddenError `proof_needed` unless the person of this session proved who they are within `maxAgeMs`, with
 * every factor they have. `extra.withCode` says whether that takes a code.
 */
export async function requireProved(
  tx: PrismaTransaction,
  actor: SessionActor,
  now: Date,
  maxAgeMs = PROOF_MS,
): Promise<void> {
  const [session, withCode] = await Promise.all([
    tx.session.findUnique({ where: { id: actor.sessionId }, select: { provedAt: true, secondFactor: true } }),
    hasSecondFactor(tx, actor.userId),
  ]);
  const isFresh = session !== null && now.getTime() - session.provedAt.getTime() <= maxAgeMs;
  if (isFresh && (session.secondFactor || !withCode)) return;
  throw new ForbiddenError('Confirm first that it is you.', { code: 'proof_needed', extra: { withCode } });
}

/** The same for decisions that take two factors: who has none is told where to get one. */
export async function requireTwoFactors(
  tx: PrismaTransaction,
  actor: SessionActor,
  now: Date,
): Promise<void> {
  if (!(await hasSecondFactor(tx, actor.userId))) {
    throw new ForbiddenError(
      'This takes a second factor. Add an authenticator app under Settings, Security.',
      {
        code: 'second_factor_missing',
      },
    );
  }
  await requireProved(tx, actor, now);
}

export async function hasSecondFactor(tx: PrismaTransaction, userId: string): Promise<boolean> {
  return (await tx.secondFactor.count({ where: { userId, confirmedAt: { not: null } } })) > 0;
}
