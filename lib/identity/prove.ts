import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { Database } from '#lib/db/prisma';
import { UnauthenticatedError } from '#lib/errors';
import { noteFailure } from './note-failure.ts';
import { verifyPassword } from './password.ts';
import type { Prove } from './prove-schema.ts';
import { takeSecondFactor } from './second-factor/take-second-factor.ts';
import type { SignInKeys } from './sign-in.ts';
import { attemptSucceeded, hearAttempt, type Trying } from './sign-in-attempts.ts';

/**
 * Lets somebody who is signed in prove anew who they are, with every factor they have. Wrong attempts count as those to
 * sign in do: who holds somebody's open session gets no more guesses than who does not. Throws UnauthenticatedError
 * `wrong_proof`, `code_needed` or `wrong_code`.
 */
export async function prove(
  db: Database,
  actor: SessionActor,
  input: Prove & Pick<Trying, 'address' | 'pace'>,
  keys: SignInKeys,
  now = new Date(),
): Promise<void> {
  const user = await db.user.findUniqueOrThrow({
    where: { id: actor.userId },
    select: { id: true, email: true, passwordHash: true, pseudonym: true },
  });
  const { address, pace } = input;
  const attempt = await hearAttempt(db, { email: user.email, address, pace }, keys.attempts, now);
  try {
    if (!(await verifyPassword(input.password, user.passwordHash))) {
      throw new UnauthenticatedError('The password is not right.', { code: 'wrong_proof' });
    }
    await db.$transaction(async (tx) => {
      const factors = await takeSecondFactor(tx, keys.factors, user.id, input.code ?? null, now);
      await attemptSucceeded(tx, attempt);
      const proved = await tx.session.updateMany({
        where: { id: actor.sessionId, userId: user.id, revokedAt: null, expiresAt: { gt: now } },
        data: { provedAt: now, secondFactor: factors !== 'password' },
      });
      if (proved.count === 0) throw new UnauthenticatedError('Your session is over. Sign in again.');
      await recordLeaf(
        tx,
        { v: 1, atMs: now.getTime(), type: 'session.proved', by: user.pseudonym, factors },
        user.id,
      );
    });
  } catch (error) {
    if (error instanceof UnauthenticatedError) await noteFailure(db, attempt, now);
    throw error;
  }
}
