import { randomUUID } from 'node:crypto';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { Database } from '#lib/db/prisma';
import { DomainError, UnauthenticatedError } from '#lib/errors';
import { noteFailure } from './note-failure.ts';
import { hashPassword, verifyPassword } from './password.ts';
import type { FactorKeys } from './second-factor/factor-keys.ts';
import { type HeardCode, hearCode, noteWrongCode } from './second-factor/hear-code.ts';
import { takeSecondFactor } from './second-factor/take-second-factor.ts';
import { createSession, endFormerSession } from './sessions.ts';
import { attemptSucceeded, forgetAttempt, hearAttempt, type Trying } from './sign-in-attempts.ts';

/** What proving who somebody is takes: the key of the counter of attempts, and those of second factors. */
export type SignInKeys = { attempts: string; factors: FactorKeys };

let nobodysHash: Promise<string> | undefined;

export type SignInInput = Trying & {
  password: string;
  /** Of the authenticator app, or a recovery code, for those who have one. */
  code?: string | null;
  /** The session that the browser still carried: signing in again ends it, whoever's it was. */
  formerSessionId?: string | null;
};

/**
 * Checks every factor a person has and opens a session; returns its id. Throws UnauthenticatedError for a wrong
 * password, an unknown e-mail and a disabled user alike, after the same work; with the right password, `code_needed`
 * where a code is missing and `wrong_code` for a wrong one. Throws ExhaustedError after repeated failures of any kind, and
 * as hearCode does.
 */
export async function signIn(
  db: Database,
  input: SignInInput,
  keys: SignInKeys,
  now = new Date(),
): Promise<string> {
  const email = input.email.trim().toLowerCase();
  const { address, pace } = input;
  const attempt = await hearAttempt(db, { email, address, pace }, keys.attempts, now);

  const user = await db.user.findUnique({
    where: { email },
    select: { id: true, passwordHash: true, pseudonym: true, disabledAt: true },
  });
  nobodysHash ??= hashPassword(randomUUID());
  const matches = await verifyPassword(input.password, user?.passwordHash ?? (await nobodysHash));
  if (!user || !matches || user.disabledAt) {
    await noteFailure(db, attempt, now);
    throw new UnauthenticatedError('The e-mail address or the password is not right.');
  }
  let heard: HeardCode | null = null;
  try {
    const code = await hearCode(db, { userId: user.id, code: input.code ?? null, app: 'confirmed' }, now);
    heard = code;
    return await db.$transaction(async (tx) => {
      const factors = await takeSecondFactor(tx, keys.factors, code, now);
      await attemptSucceeded(tx, attempt);
      if (input.formerSessionId) await endFormerSession(tx, input.formerSessionId, now);
      const sessionId = await createSession(tx, user.id, now, factors !== 'password');
      await recordLeaf(
        tx,
        { v: 1, atMs: now.getTime(), type: 'session.opened', by: user.pseudonym, factors },
        user.id,
      );
      return sessionId;
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'wrong_code') {
      await noteFailure(db, attempt, now);
      if (heard) await noteWrongCode(db, heard, now);
    }
    // The first half of two steps is no failure, nor is a code that was not looked at; and neither is a success that
    // would end a count.
    else await forgetAttempt(db, attempt);
    throw error;
  }
}
