import { createHmac, randomUUID } from 'node:crypto';
import type { Database } from '#lib/db/prisma';
import { ExhaustedError, UnauthenticatedError } from '#lib/errors';
import { hashPassword, verifyPassword } from './password.ts';
import { createSession, revokeSession } from './sessions.ts';

/** Failures in a row that cost nothing: a person who mistypes is not slowed. */
export const FREE_FAILURES = 5;
const WINDOW_MS = 60 * 60 * 1000;
const FIRST_WAIT_MS = 30 * 1000;
const LONGEST_WAIT_MS = 15 * 60 * 1000;

/** A hospital may sit behind one address: many people mistype there, but not this often. */
export const ADDRESS_FAILURES = 60;
const ADDRESS_WINDOW_MS = 15 * 60 * 1000;

/** How long after the last of `failures` in a row the next attempt is heard: 30 s, doubling, at most 15 minutes. */
export function waitMs(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(FIRST_WAIT_MS * 2 ** (failures - FREE_FAILURES), LONGEST_WAIT_MS);
}

/** Attempts are counted per e-mail under a key, so that the table names nobody. */
function subjectOf(email: string, secret: string): string {
  return createHmac('sha256', secret).update(`sign-in:${email}`).digest('hex');
}

/** And per address, against those who try one password on many people. */
function addressSubjectOf(address: string, secret: string): string {
  return createHmac('sha256', secret).update(`sign-in-address:${address}`).digest('hex');
}

let nobodysHash: Promise<string> | undefined;

/** `formerSessionId` is the session that the browser still carried: signing in again ends it, whoever's it was. */
export type SignInInput = {
  email: string;
  password: string;
  formerSessionId?: string | null;
  /** Whence it came, as addressKey writes it; null where that is not known. */
  address?: string | null;
  /**
   * Asked just before the password is checked, which is slow on purpose; throws where the process has no time for it.
   * Whoever is held back already, by their address or their e-mail, takes nothing from it.
   */
  pace?: () => void;
};

/**
 * Checks an e-mail and password and opens a session; returns its id.
 * Throws UnauthenticatedError for a wrong password, an unknown e-mail and a disabled user alike, after the same work,
 * and ExhaustedError (`too_many_attempts`, extra.retryAfterMs) after repeated failures. `secret` keys the counter.
 */
export async function signIn(
  db: Database,
  input: SignInInput,
  secret: string,
  now = new Date(),
): Promise<string> {
  const email = input.email.trim().toLowerCase();
  const subject = subjectOf(email, secret);

  const fromAddress = input.address
    ? await countAddress(db, addressSubjectOf(input.address, secret), now)
    : null;

  // The attempt is written as a failure before the password is looked at: guesses sent at once count each other.
  const attempt = await db.signInAttempt.create({
    data: { id: randomUUID(), subject, succeeded: false, createdAt: now },
  });
  const attempts = [attempt.id, fromAddress ?? attempt.id];
  const retryAfterMs = await remainingWaitMs(db, subject, attempt.id, now);
  try {
    if (retryAfterMs > 0) throw tooMany(retryAfterMs);
    input.pace?.();
  } catch (error) {
    // Not counted, or somebody else could lock a person out for ever by trying on.
    await db.signInAttempt.deleteMany({ where: { id: { in: attempts } } });
    throw error;
  }

  const user = await db.user.findUnique({
    where: { email },
    select: { id: true, passwordHash: true, disabledAt: true },
  });
  nobodysHash ??= hashPassword(randomUUID());
  const matches = await verifyPassword(input.password, user?.passwordHash ?? (await nobodysHash));
  if (!user || !matches || user.disabledAt) {
    throw new UnauthenticatedError('The e-mail address or the password is not right.');
  }
  await db.signInAttempt.updateMany({ where: { id: { in: attempts } }, data: { succeeded: true } });
  if (input.formerSessionId) await revokeSession(db, input.formerSessionId, now);
  return createSession(db, user.id, now);
}

async function remainingWaitMs(db: Database, subject: string, attemptId: string, now: Date): Promise<number> {
  const recent = await db.signInAttempt.findMany({
    where: { subject, id: { not: attemptId }, createdAt: { gt: new Date(now.getTime() - WINDOW_MS) } },
    orderBy: { createdAt: 'desc' },
    take: 32,
    select: { succeeded: true, createdAt: true },
  });
  const lastSuccess = recent.findIndex((row) => row.succeeded);
  const failures = lastSuccess === -1 ? recent : recent.slice(0, lastSuccess);
  const last = failures[0];
  // One that came a moment later may have been written first: free failures are no wait, whatever their times.
  if (!last || failures.length < FREE_FAILURES) return 0;
  return last.createdAt.getTime() + waitMs(failures.length) - now.getTime();
}

/**
 * Writes an attempt from an address, as a failure until it proves right, and returns its id. A success does not clear
 * the others: who has one account of their own could go on guessing for ever. Throws ExhaustedError past the limit.
 */
async function countAddress(db: Database, subject: string, now: Date): Promise<string> {
  const id = randomUUID();
  await db.signInAttempt.create({ data: { id, subject, succeeded: false, createdAt: now } });
  const since = new Date(now.getTime() - ADDRESS_WINDOW_MS);
  const failures = await db.signInAttempt.findMany({
    where: { subject, succeeded: false, id: { not: id }, createdAt: { gt: since } },
    orderBy: { createdAt: 'desc' },
    take: ADDRESS_FAILURES,
    select: { createdAt: true },
  });
  const oldest = failures[ADDRESS_FAILURES - 1];
  if (!oldest) return id;
  await db.signInAttempt.delete({ where: { id } });
  throw tooMany(oldest.createdAt.getTime() + ADDRESS_WINDOW_MS - now.getTime());
}

function tooMany(retryAfterMs: number): ExhaustedError {
  return new ExhaustedError('Too many failed attempts. Wait before trying again.', {
    code: 'too_many_attempts',
    extra: { retryAfterMs },
  });
}
