import type { SessionActor } from '#lib/actor';
import type { Database, PrismaTransaction } from '#lib/db/prisma';
import { DomainError, UnauthenticatedError } from '#lib/errors';
import { noteFailure } from './note-failure.ts';
import { verifyPassword } from './password.ts';
import type { Prove } from './prove-schema.ts';
import { forgetWrongCodes, type HeardCode, hearCode, noteWrongCode } from './second-factor/hear-code.ts';
import { type Factors, takeSecondFactor } from './second-factor/take-second-factor.ts';
import type { SignInKeys } from './sign-in.ts';
import { attemptSucceeded, forgetAttempt, hearAttempt, type Trying } from './sign-in-attempts.ts';

/** What somebody shows to prove who they are. */
export type Proof = Prove & Pick<Trying, 'pace'>;
export type Proved = { id: string; pseudonym: string; factors: Factors };

/**
 * Does `work` for somebody who is signed in and proves, in the same breath, who they are with every factor they have:
 * what the proof opens and the proof itself are one transaction. Throws UnauthenticatedError `wrong_proof`,
 * `code_needed` or `wrong_code`, ExhaustedError after repeated failures in this session, and as hearCode does.
 */
export async function withProof<T>(
  db: Database,
  actor: SessionActor,
  { password, code, pace }: Proof,
  keys: SignInKeys,
  now: Date,
  work: (tx: PrismaTransaction, proved: Proved) => Promise<T>,
): Promise<T> {
  const user = await db.user.findUniqueOrThrow({
    where: { id: actor.userId },
    select: { id: true, email: true, passwordHash: true, pseudonym: true },
  });
  const { email } = user;
  // Not per address either: others who sign in from it, badly, must not keep this person from it.
  const { sessionId } = actor;
  const attempt = await hearAttempt(db, { email, sessionId, pace }, keys.attempts, now);
  let heard: HeardCode | null = null;
  try {
    if (!(await verifyPassword(password, user.passwordHash))) {
      throw new UnauthenticatedError('The password is not right.', { code: 'wrong_proof' });
    }
    const given = await hearCode(db, { userId: user.id, code, app: 'confirmed' }, now);
    heard = given;
    return await db.$transaction(async (tx) => {
      const factors = await takeSecondFactor(tx, keys.factors, given, now);
      await attemptSucceeded(tx, attempt);
      return work(tx, { id: user.id, pseudonym: user.pseudonym, factors });
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error instanceof UnauthenticatedError) {
      await noteFailure(db, attempt, now);
      if (heard && error.code === 'wrong_code') await noteWrongCode(db, heard, now);
    } else {
      // The code was not looked at, or the proof was right and what it was for was not to be had.
      await forgetAttempt(db, attempt);
      if (heard) await forgetWrongCodes(db, heard);
    }
    throw error;
  }
}
