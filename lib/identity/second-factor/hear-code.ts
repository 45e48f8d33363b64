import { randomUUID } from 'node:crypto';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { Database } from '#lib/db/prisma';
import { ExhaustedError, ForbiddenError } from '#lib/errors';
import { FACTOR_MAIL } from '#lib/jobs/definitions';
import { enqueue } from '#lib/jobs/enqueue';
import { waitWords } from '../wait-words.ts';

/** Wrong codes in a row that cost no wait: a person who mistypes, or whose step just ended, is not slowed. */
export const FREE_CODES = 5;
/** NIST SP 800-63B, section 5.2.2: no more in a row for one account. From then on the app opens nothing. */
export const MOST_WRONG_CODES = 100;
const FIRST_WAIT_MS = 30 * 1000;
const LONGEST_WAIT_MS = 60 * 60 * 1000;

/** How long after the last of so many wrong codes in a row the next one is heard: 30 s, doubling, at most an hour. */
export function codeWaitMs(wrongCodes: number): number {
  if (wrongCodes < FREE_CODES) return 0;
  return Math.min(FIRST_WAIT_MS * 2 ** (wrongCodes - FREE_CODES), LONGEST_WAIT_MS);
}

/** What an app shows; anything else that is entered counts as a recovery code. */
export const APP_CODE = /^\d{6}$/;

/** A code that may be looked at. It counts as a wrong one until it proves right. */
export type HeardCode = {
  userId: string;
  /** Without blanks; empty where none was given. */
  given: string;
  /** Which wrong one in a row it would be; null for one that was not counted, because there is no such app. */
  number: number | null;
};

type Of = { userId: string; code: string | null; app: 'confirmed' | 'unconfirmed' };

/**
 * Counts a code before it is looked at, in a transaction of its own: codes sent at once, to whichever console, count
 * each other. Call it only once the password was right, or strangers could hold a person back. Throws ExhaustedError
 * `too_many_codes` (extra.retryAfterMs) after wrong ones, ForbiddenError `codes_ended` after too many.
 */
export async function hearCode(db: Database, { userId, code, app }: Of, now: Date): Promise<HeardCode> {
  const given = (code ?? '').replace(/\s/g, '');
  if (given === '') return { userId, given, number: null };
  return db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<Standing[]>`
      SELECT wrong_codes AS "wrongCodes", last_wrong_at AS "lastWrongAt" FROM second_factor
      WHERE user_id = ${userId}::uuid AND (confirmed_at IS NOT NULL) = ${app === 'confirmed'} FOR UPDATE`;
    const standing = rows[0];
    if (!standing) return { userId, given, number: null };
    requireHeard(standing, given, now);
    const number = standing.wrongCodes + 1;
    await tx.secondFactor.update({ where: { userId }, data: { wrongCodes: number, lastWrongAt: now } });
    return { userId, given, number };
  });
}

type Standing = { wrongCodes: number; lastWrongAt: Date | null };

function requireHeard({ wrongCodes, lastWrongAt }: Standing, given: string, now: Date): void {
  // Recovery codes are too long to guess, and the way back for who lost an app to somebody's guesses.
  if (wrongCodes >= MOST_WRONG_CODES && APP_CODE.test(given)) {
    throw new ForbiddenError(
      'After too many wrong codes in a row the app’s codes work no more. Use a recovery code, or ask an administrator to reset your second factor.',
      { code: 'codes_ended' },
    );
  }
  const retryAfterMs = (lastWrongAt?.getTime() ?? 0) + codeWaitMs(wrongCodes) - now.getTime();
  // Free ones wait for nothing, whatever another console's clock says.
  if (wrongCodes < FREE_CODES || retryAfterMs <= 0) return;
  throw new ExhaustedError(
    `Too many wrong codes in a row. Wait ${waitWords(retryAfterMs)} before you try again.`,
    {
      code: 'too_many_codes',
      extra: { retryAfterMs },
    },
  );
}

/** It was wrong and stays counted. The log and the person are told when codes begin to wait, and when they end. */
export async function noteWrongCode(db: Database, { userId, number }: HeardCode, now: Date): Promise<void> {
  if (number !== FREE_CODES && number !== MOST_WRONG_CODES) return;
  const ended = number === MOST_WRONG_CODES;
  await db.$transaction(async (tx) => {
    const { pseudonym: member } = await tx.user.findUniqueOrThrow({
      where: { id: userId },
      select: { pseudonym: true },
    });
    const type = 'second_factor.held_back';
    await recordLeaf(tx, { v: 1, atMs: now.getTime(), type, member, ended }, userId);
    const about = ended ? 'codes_ended' : 'held_back';
    await enqueue(tx, FACTOR_MAIL, { about, id: randomUUID(), userId });
  });
}

/** It was right, and what it was for was not to be had: nothing of that is a wrong code. */
export async function forgetWrongCodes(db: Database, { userId, number }: HeardCode): Promise<void> {
  if (number === null) return;
  await db.secondFactor.updateMany({ where: { userId }, data: NO_WRONG_CODES });
}

/** What a right code makes of the count, in the transaction of what it opens. */
export const NO_WRONG_CODES = { wrongCodes: 0, lastWrongAt: null };
