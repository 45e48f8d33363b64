import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../db/testing.ts';
import { ExhaustedError, UnauthenticatedError } from '../errors.ts';
import { createSession, findSessionActor, revokeSession, SESSION_SECONDS } from './sessions.ts';
import { signIn } from './sign-in.ts';
import { ADDRESS_FAILURES, FREE_FAILURES, waitMs } from './sign-in-attempts.ts';
import { signInPace } from './sign-in-pace.ts';
import { leavesAbout, pseudonymOf } from './testing/leaves.ts';
import { testSignInKeys } from './testing/sign-in-keys.ts';
import { createTenant, createUser, type Tenant } from './testing/tenant.ts';

const KEYS = testSignInKeys();
const PASSWORD = 'the right one';
let database: TestDatabase;
let tenant: Tenant;

beforeAll(async () => {
  database = await testDatabase();
  tenant = await createTenant(database.prisma);
});
afterAll(() => database.close());

async function person(email = `${randomUUID()}@example.org`) {
  const actor = await createUser(database.prisma, tenant, 'clinician', { email, password: PASSWORD });
  const attempt = (password: string, now = new Date()) =>
    signIn(database.prisma, { email, password }, KEYS, now);
  return { actor, email, attempt };
}

async function heldBack() {
  const leaves = await database.prisma.auditLeaf.findMany({
    where: { type: 'session.held_back' },
    orderBy: { id: 'asc' },
  });
  return leaves.map(({ subjectId, entry }) => ({
    subjectId,
    event: JSON.parse(Buffer.from(entry).toString()) as object,
  }));
}

describe('signing in', () => {
  it('opens a session that stands for the person', async () => {
    const { actor, attempt } = await person();
    const sessionId = await attempt(PASSWORD);
    expect(await findSessionActor(database.prisma, sessionId)).toEqual({ ...actor, sessionId });
  });

  it('reads the e-mail address without case or blanks', async () => {
    const { email } = await person();
    const typed = { email: `  ${email.toUpperCase()} `, password: PASSWORD };
    await expect(signIn(database.prisma, typed, KEYS)).resolves.toBeTypeOf('string');
  });

  it('lets a person in from two browsers at once, whichever attempt is written first', async () => {
    const { attempt } = await person();
    const now = Date.now();
    await attempt('the wrong one', new Date(now + 20)).catch(() => {});
    await expect(attempt(PASSWORD, new Date(now))).resolves.toBeTypeOf('string');
  });

  it('refuses a wrong password, a stranger and a disabled user in the same words', async () => {
    const { actor, attempt } = await person();
    const stranger = { email: 'nobody@example.org', password: PASSWORD };
    const wrong = await attempt('the wrong one').catch((error: unknown) => error);
    const unknown = await signIn(database.prisma, stranger, KEYS).catch((error: unknown) => error);
    await database.prisma.user.update({ where: { id: actor.userId }, data: { disabledAt: new Date() } });
    const disabled = await attempt(PASSWORD).catch((error: unknown) => error);
    expect(wrong).toBeInstanceOf(UnauthenticatedError);
    expect([unknown, disabled].map(String)).toEqual([String(wrong), String(wrong)]);
  });

  it('ends the session that the browser still carried, and only when it succeeds', async () => {
    const { email } = await person();
    const other = await person();
    const formerSessionId = await other.attempt(PASSWORD);
    const again = (password: string) => signIn(database.prisma, { email, password, formerSessionId }, KEYS);
    await expect(again('the wrong one')).rejects.toThrow(UnauthenticatedError);
    expect(await findSessionActor(database.prisma, formerSessionId)).not.toBeNull();
    const sessionId = await again(PASSWORD);
    expect(await findSessionActor(database.prisma, formerSessionId)).toBeNull();
    expect(await findSessionActor(database.prisma, sessionId)).not.toBeNull();
    // The log says whose it was, once.
    await again(PASSWORD);
    const leaves = await leavesAbout(database.prisma, other.actor.userId);
    const by = await pseudonymOf(database.prisma, other.actor.userId);
    expect(leaves.filter(({ type }) => type === 'session.closed')).toMatchObject([{ by }]);
  });

  it('stores no e-mail address with the attempts', async () => {
    const { email, attempt } = await person();
    await attempt('the wrong one').catch(() => {});
    const subjects = await database.prisma.signInAttempt.findMany();
    expect(subjects.length).toBeGreaterThan(0);
    expect(JSON.stringify(subjects)).not.toContain(email.split('@')[0]);
  });
});

describe('repeated failures', () => {
  it('slow the next attempt down, also with the right password, and let it through afterwards', async () => {
    const { attempt } = await person();
    const start = new Date();
    for (let i = 0; i < FREE_FAILURES; i++) {
      await expect(attempt('the wrong one', start)).rejects.toThrow(UnauthenticatedError);
    }
    await expect(attempt(PASSWORD, start)).rejects.toThrow(ExhaustedError);
    const early = new Date(start.getTime() + waitMs(FREE_FAILURES) - 1);
    await expect(attempt(PASSWORD, early)).rejects.toThrow(ExhaustedError);
    const later = new Date(start.getTime() + waitMs(FREE_FAILURES));
    await expect(attempt(PASSWORD, later)).resolves.toBeTypeOf('string');
    // A success ends the count.
    await expect(attempt('the wrong one', later)).rejects.toThrow(UnauthenticatedError);
  });

  it('count each other when they are sent at once', async () => {
    const { attempt } = await person();
    const guesses = await Promise.allSettled(Array.from({ length: 12 }, () => attempt('the wrong one')));
    const heard = guesses.filter(
      (guess) => guess.status === 'rejected' && guess.reason instanceof UnauthenticatedError,
    );
    expect(heard.length).toBeLessThanOrEqual(FREE_FAILURES);
  });

  it('tell the log once a hold, in the same words whoever is held back and whether or not they have an account', async () => {
    const { actor, email } = await person();
    const disabled = await person();
    const disabledAt = new Date();
    await database.prisma.user.update({ where: { id: disabled.actor.userId }, data: { disabledAt } });
    const { pseudonym } = await database.prisma.user.findUniqueOrThrow({ where: { id: actor.userId } });
    const said: object[] = [];
    for (const one of [email, disabled.email, `${randomUUID()}@example.org`]) {
      const before = await heldBack();
      const guess = () => signIn(database.prisma, { email: one, password: 'the wrong one' }, KEYS);
      await Promise.allSettled(Array.from({ length: FREE_FAILURES }, guess));
      await expect(guess()).rejects.toThrow(ExhaustedError);
      const leaves = (await heldBack()).slice(before.length);
      expect(leaves).toHaveLength(1);
      expect(leaves[0]!.subjectId).toBeNull();
      said.push(Object.keys(leaves[0]!.event));
      expect(JSON.stringify(leaves)).not.toContain(pseudonym);
    }
    const words = ['atMs', 'salt', 'type', 'v'];
    expect(said).toEqual([words, words, words]);
  });

  it('wait longer each time, up to a quarter of an hour', () => {
    expect([0, 4, 5, 6, 7, 50].map(waitMs)).toEqual([0, 0, 30_000, 60_000, 120_000, 900_000]);
  });
});

describe('the pace of all sign-ins', () => {
  it('is not used up by who must wait anyway, and does not count as a failure', async () => {
    const { email, attempt } = await person();
    const other = await person();
    const now = new Date();
    for (let i = 0; i < FREE_FAILURES; i++) await attempt('the wrong one', now).catch(() => {});
    let nowMs = now.getTime();
    const pace = signInPace(() => nowMs);
    for (let i = 0; i < 59; i++) pace();
    const paced = (who: string) =>
      signIn(database.prisma, { email: who, password: PASSWORD, pace }, KEYS, new Date(nowMs));

    // One is left. Who is held back leaves it to the next person.
    for (let i = 0; i < 3; i++) await expect(paced(email)).rejects.toThrow('Too many failed attempts');
    await expect(paced(other.email)).resolves.toBeTypeOf('string');
    const counted = await database.prisma.signInAttempt.count();
    for (let i = 0; i <= FREE_FAILURES; i++) {
      await expect(paced(other.email)).rejects.toMatchObject({ extra: { retryAfterMs: 100 } });
    }
    expect(await database.prisma.signInAttempt.count()).toBe(counted);
    nowMs += 100;
    await expect(paced(other.email)).resolves.toBeTypeOf('string');
  });

  it('is not used up by an address that is stopped', async () => {
    const { email } = await person();
    const other = await person();
    const now = new Date();
    const address = '192.0.2.9';
    let asked = 0;
    const pace = () => {
      asked += 1;
    };
    const known = await database.prisma.signInAttempt.findMany({ select: { id: true } });
    const from = (who: string) =>
      signIn(database.prisma, { email: who, password: PASSWORD, address, pace }, KEYS, now);
    await from(email);
    // Under the address and the e-mail; the other person has only the address in common.
    const written = await database.prisma.signInAttempt.findMany({
      where: { id: { notIn: known.map(({ id }) => id) } },
    });
    const failures = written.flatMap(({ subject }) =>
      Array.from({ length: ADDRESS_FAILURES }, () => ({
        id: randomUUID(),
        subject,
        succeeded: false,
        createdAt: now,
      })),
    );
    await database.prisma.signInAttempt.createMany({ data: failures });
    await expect(from(other.email)).rejects.toThrow(ExhaustedError);
    expect(asked).toBe(1);
  });
});

describe('a session', () => {
  it('is over once it is revoked, has run out, or its user is disabled', async () => {
    const db = database.prisma;
    const { actor } = await person();
    const now = new Date();
    const revoked = await createSession(db, actor.userId, now);
    await revokeSession(db, revoked);
    expect(await findSessionActor(db, revoked)).toBeNull();

    const kept = await createSession(db, actor.userId, now);
    const atItsEnd = new Date(now.getTime() + SESSION_SECONDS * 1000);
    expect(await findSessionActor(db, kept, new Date(atItsEnd.getTime() - 1))).not.toBeNull();
    expect(await findSessionActor(db, kept, atItsEnd)).toBeNull();

    await db.user.update({ where: { id: actor.userId }, data: { disabledAt: now } });
    expect(await findSessionActor(db, kept)).toBeNull();
    expect(await findSessionActor(db, randomUUID())).toBeNull();
  });
});
