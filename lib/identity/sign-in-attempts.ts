import { createHmac, randomUUID } from 'node:crypto';
import type { Database, PrismaTransaction } from '#lib/db/prisma';
import { ExhaustedError } from '#lib/errors';
import { waitWords } from './wait-words.ts';

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

/**
 * Attempts are counted per e-mail under a key, so that the table names nobody; those of somebody who is signed in per
 * session: who knows no more of them than their e-mail must not keep them from their own decisions.
 */
function subjectOf({ email, sessionId }: Trying, secret: string): string {
  const whose = sessionId === undefined ? `sign-in:${email}` : `prove:${sessionId}`;
  return createHmac('sha256', secret).update(whose).digest('hex');
}

/** And per address, against those who try one password on many people. */
function addressSubjectOf(address: string, secret: string): string {
  return createHmac('sha256', secret).update(`sign-in-address:${address}`).digest('hex');
}

export type Trying = {
  /** As it is stored: lower case, no blanks. */
  email: string;
  /** The session in which somebody proves anew who they are. */
  sessionId?: string | undefined;
  /** Whence it came, as addressKey writes it; null where that is not known. */
  address?: string | null | undefined;
  /**
   * Asked just before the password is checked, which is slow on purpose; throws where the process has no time for it.
   * Whoever is held back already, by their address or their e-mail, takes nothing from it.
   */
  pace?: (() => void) | undefined;
};

/** An attempt that may be looked at; its rows count as failures until they are said to be none. */
export type Attempt = { ids: string[]; failuresBefore: number };

/**
 * Counts an attempt to prove who one is, with whatever factor, before it is looked at: guesses sent at once count each
 * other. Throws ExhaustedError (`too_many_attempts`, extra.retryAfterMs) after repeated failures. `secret` keys the
 * counter.
 */
export async function hearAttempt(db: Database, trying: Trying, secret: string, now: Date): Promise<Attempt> {
  const { address, pace } = trying;
  const subject = subjectOf(trying, secret);
  const fromAddress = address ? await countAddress(db, addressSubjectOf(address, secret), now) : null;
  const id = randomUUID();
  // One at a time for an e-mail: of those sent at once, too, exactly one is the one that begins the wait.
  const [, , recent] = await db.$transaction([
    db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${subject}, 0))`,
    db.signInAttempt.create({ data: { id, subject, succeeded: false, createdAt: now } }),
    recentAttempts(db, subject, id, now),
  ]);
  const ids = [id, ...(fromAddress === null ? [] : [fromAddress])];
  const { failures, retryAfterMs } = recentFailures(recent, now);
  const attempt = { ids, failuresBefore: failures };
  try {
    if (retryAfterMs > 0) throw tooMany(retryAfterMs);
    pace?.();
  } catch (error) {
    // Not counted, or somebody else could lock a person out for ever by trying on.
    await forgetAttempt(db, attempt);
    throw error;
  }
  return attempt;
}

/** It was the person: the count starts anew. */
export async function attemptSucceeded(tx: PrismaTransaction, { ids }: Attempt): Promise<void> {
  await tx.signInAttempt.updateMany({ where: { id: { in: ids } }, data: { succeeded: true } });
}

/** It was neither right nor wrong. */
export async function forgetAttempt(db: Database, { ids }: Attempt): Promise<void> {
  await db.signInAttempt.deleteMany({ where: { id: { in: ids } } });
}

/** Whether this failure is the one from which on attempts have to wait. */
export function beginsWait({ failuresBefore }: Attempt): boolean {
  return failuresBefore + 1 === FREE_FAILURES;
}

function recentAttempts(db: Database, subject: string, attemptId: string, now: Date) {
  return db.signInAttempt.findMany({
    where: { subject, id: { not: attemptId }, createdAt: { gt: new Date(now.getTime() - WINDOW_MS) } },
    orderBy: { createdAt: 'desc' },
    take: 32,
    select: { succeeded: true, createdAt: true },
  });
}

type Recent = { succeeded: boolean; createdAt: Date };

/** @param recent newest first. */
function recentFailures(recent: readonly Recent[], now: Date) {
  const lastSuccess = recent.findIndex((row) => row.succeeded);
  const failed = lastSuccess === -1 ? recent : recent.slice(0, lastSuccess);
  const failures = failed.length;
  const last = failed[0];
  // One that came a moment later may have been written first: free failures are no wait, whatever their times.
  if (!last || failures < FREE_FAILURES) return { failures, retryAfterMs: 0 };
  return { failures, retryAfterMs: last.createdAt.getTime() + waitMs(failures) - now.getTime() };
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
  return new ExhaustedError(
    `Too many failed attempts. Wait ${waitWords(retryAfterMs)} before you try again.`,
    {
      code: 'too_many_attempts',
      extra: { retryAfterMs },
    },
  );
}
