import { randomUUID } from 'node:crypto';
import { Secret } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionActor } from '#lib/actor';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { ExhaustedError, ForbiddenError, NotFoundError } from '#lib/errors';
import { prove } from '../prove.ts';
import { PROOF_MS, requireProved, requireTwoFactors } from '../require-proved.ts';
import { createSession, findSessionActor } from '../sessions.ts';
import { signIn } from '../sign-in.ts';
import { FREE_FAILURES } from '../sign-in-attempts.ts';
import { leavesAbout, pseudonymOf } from '../testing/leaves.ts';
import { appCode, STEP_MS, signedIn, withTwoFactors } from '../testing/second-factor.ts';
import { testSignInKeys } from '../testing/sign-in-keys.ts';
import { createTenant, createUser, type Tenant } from '../testing/tenant.ts';
import { beginEnrolment } from './begin-enrolment.ts';
import { confirmEnrolment } from './confirm-enrolment.ts';
import { ownFactor } from './own-factor.ts';
import { RECOVERY_CODES } from './recovery-codes.ts';
import { removeFactor } from './remove-factor.ts';
import { renewRecoveryCodes } from './renew-recovery-codes.ts';
import { resetFactor } from './reset-factor.ts';
import { openSecret } from './secret-cipher.ts';

const KEYS = testSignInKeys();
const PASSWORD = 'the right one';
const START = new Date('2026-11-23T12:00:05Z');
const later = (ms: number) => new Date(START.getTime() + ms);
let database: TestDatabase;
let tenant: Tenant;

beforeAll(async () => {
  database = await testDatabase();
  tenant = await createTenant(database.prisma);
});
afterAll(() => database.close());

async function enrolled() {
  const email = `${randomUUID()}@example.org`;
  const actor = await createUser(database.prisma, tenant, 'dpo', { email, password: PASSWORD });
  const enrolment = await withTwoFactors(database.prisma, actor, KEYS, START);
  const attempt = (code: string | null, now: Date, password = PASSWORD) =>
    signIn(database.prisma, { email, password, code }, KEYS, now);
  return { email, ...enrolment, attempt };
}
type Enrolled = Awaited<ReturnType<typeof enrolled>>;

const types = async (actor: SessionActor) =>
  (await leavesAbout(database.prisma, actor.userId)).map((leaf) => leaf.type);

describe('taking up an authenticator app', () => {
  it('counts from its first code on, keeps no secret in clear and tells the log', async () => {
    const { person, secret, recoveryCodes } = await enrolled();
    const db = database.prisma;
    expect(await ownFactor(db, person)).toEqual({ since: START, codesLeft: RECOVERY_CODES });
    expect(new Set(recoveryCodes).size).toBe(RECOVERY_CODES);
    const { secretCiphertext } = await db.secondFactor.findUniqueOrThrow({
      where: { userId: person.userId },
    });
    expect(Buffer.from(secretCiphertext).includes(Buffer.from(Secret.fromBase32(secret).buffer))).toBe(false);
    const hashes = (await db.recoveryCode.findMany()).map(({ codeHash }) => Buffer.from(codeHash));
    for (const code of recoveryCodes) expect(hashes.some((hash) => hash.includes(code))).toBe(false);
    const by = await pseudonymOf(db, person.userId);
    expect(await leavesAbout(db, person.userId)).toMatchObject([
      { type: 'second_factor.changed', by, member: by, change: 'added', reasonId: null },
    ]);
    expect(JSON.stringify(await leavesAbout(db, person.userId))).not.toContain(secret);
  });

  it('is nothing yet without a right code, and takes a fresh proof', async () => {
    const db = database.prisma;
    const person = await signedIn(db, await createUser(db, tenant, 'dpo'), START);
    const { secret } = await beginEnrolment(db, person, KEYS.factors, START);
    const confirm = (code: string, now = START) => confirmEnrolment(db, person, { code }, KEYS.factors, now);
    const wrong = appCode(secret, later(10 * STEP_MS));
    await expect(confirm(wrong)).rejects.toMatchObject({ code: 'wrong_code', param: 'code' });
    expect(await ownFactor(db, person)).toBeNull();
    const late = later(PROOF_MS + 1);
    await expect(confirm(appCode(secret, late), late)).rejects.toMatchObject({
      code: 'proof_needed',
      extra: { withCode: false },
    });
    await expect(beginEnrolment(db, person, KEYS.factors, late)).rejects.toThrow(ForbiddenError);
    expect(await types(person)).toEqual([]);
    await confirm(appCode(secret, START));
    await expect(beginEnrolment(db, person, KEYS.factors, START)).rejects.toMatchObject({
      code: 'second_factor_exists',
    });
  });

  it("a secret moved to another person's row does not open", async () => {
    const { person } = await enrolled();
    const row = await database.prisma.secondFactor.findUniqueOrThrow({ where: { userId: person.userId } });
    expect(openSecret(KEYS.factors.secrets, person.userId, row.secretCiphertext)).toHaveLength(20);
    expect(() => openSecret(KEYS.factors.secrets, randomUUID(), row.secretCiphertext)).toThrow();
  });
});

describe('signing in with a second factor', () => {
  const codeAt = ({ secret }: Enrolled, ms: number) => appCode(secret, later(ms));

  it('asks for the code after the password, and opens no session before it', async () => {
    const one = await enrolled();
    const at = later(2 * STEP_MS);
    const sessions = () => database.prisma.session.count({ where: { userId: one.person.userId } });
    const before = await sessions();
    await expect(one.attempt(null, at)).rejects.toMatchObject({ status: 401, code: 'code_needed' });
    await expect(one.attempt('000000', at)).rejects.toMatchObject({ status: 401, code: 'wrong_code' });
    // Who has no password learns nothing of the factor.
    await expect(one.attempt(null, at, 'a guess')).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(one.attempt(codeAt(one, 2 * STEP_MS), at, 'a guess')).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    expect(await sessions()).toBe(before);
    const sessionId = await one.attempt(codeAt(one, 2 * STEP_MS), at);
    expect(await findSessionActor(database.prisma, sessionId, at)).toMatchObject({
      userId: one.person.userId,
    });
    const leaves = await leavesAbout(database.prisma, one.person.userId);
    expect(leaves.at(-1)).toMatchObject({ type: 'session.opened', factors: 'password_and_app' });
  });

  it('takes a code once, also when two send it at the same moment, and none before it', async () => {
    const one = await enrolled();
    const code = codeAt(one, 2 * STEP_MS);
    const both = await Promise.allSettled([
      one.attempt(code, later(2 * STEP_MS)),
      one.attempt(code, later(2 * STEP_MS)),
    ]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const former = codeAt(one, STEP_MS);
    await expect(one.attempt(former, later(2 * STEP_MS))).rejects.toMatchObject({ code: 'wrong_code' });
    // The code that confirmed the app is used up as well.
    const other = await enrolled();
    await expect(other.attempt(codeAt(other, 0), START)).rejects.toMatchObject({ code: 'wrong_code' });
  });

  it('takes each recovery code once, however it is typed', async () => {
    const one = await enrolled();
    const [first, second] = one.recoveryCodes as [string, string];
    await one.attempt(first, later(1000));
    await expect(one.attempt(first, later(2000))).rejects.toMatchObject({ code: 'wrong_code' });
    await one.attempt(` ${second.toUpperCase().replaceAll('-', ' ')}`, later(3000));
    expect(await ownFactor(database.prisma, one.person)).toMatchObject({ codesLeft: RECOVERY_CODES - 2 });
    const leaves = await leavesAbout(database.prisma, one.person.userId);
    expect(leaves.at(-1)).toMatchObject({ factors: 'password_and_recovery_code' });
    const other = await enrolled();
    await expect(other.attempt(one.recoveryCodes[2]!, START)).rejects.toMatchObject({ code: 'wrong_code' });
  });

  it('holds back who guesses codes, as who guesses passwords, and tells the log once', async () => {
    const one = await enrolled();
    const at = later(10 * STEP_MS);
    for (let i = 0; i < FREE_FAILURES; i++) {
      await expect(one.attempt('000000', at)).rejects.toMatchObject({ code: 'wrong_code' });
      // The password alone begins no new count.
      if (i < FREE_FAILURES - 1)
        await expect(one.attempt(null, at)).rejects.toMatchObject({ code: 'code_needed' });
    }
    await expect(one.attempt(codeAt(one, 10 * STEP_MS), at)).rejects.toThrow(ExhaustedError);
    expect(await types(one.person)).not.toContain('session.held_back');
    const held = { type: 'session.held_back' };
    expect(await database.prisma.auditLeaf.count({ where: held })).toBe(1);
  });
});

describe('proving anew', () => {
  const db = () => database.prisma;

  it('takes every factor the person has, and holds for five minutes', async () => {
    const { person, secret } = await enrolled();
    const at = later(PROOF_MS + 1);
    await expect(requireTwoFactors(db(), person, at)).rejects.toMatchObject({
      code: 'proof_needed',
      extra: { withCode: true },
    });
    const proof = (password: string, code: string | null) =>
      prove(db(), person, { password, code }, KEYS, at);
    await expect(proof('a guess', appCode(secret, at))).rejects.toMatchObject({ code: 'wrong_proof' });
    await expect(proof(PASSWORD, null)).rejects.toMatchObject({ code: 'code_needed' });
    await expect(proof(PASSWORD, '000000')).rejects.toMatchObject({ code: 'wrong_code' });
    await expect(requireProved(db(), person, at)).rejects.toThrow(ForbiddenError);
    await proof(PASSWORD, appCode(secret, at));
    await expect(requireTwoFactors(db(), person, at)).resolves.toBeUndefined();
    expect(await types(person)).toEqual(['second_factor.changed', 'session.proved']);
  });

  it('is kept from nobody by who fails to sign in as them, and counts its own failures in the session', async () => {
    const { person, secret, attempt } = await enrolled();
    const other = { ...person, sessionId: await createSession(db(), person.userId, START, true) };
    const at = later(2 * STEP_MS);
    const proof = (actor: SessionActor, password: string, now = at) =>
      prove(db(), actor, { password, code: appCode(secret, now) }, KEYS, now);
    for (let i = 0; i < FREE_FAILURES; i++) await attempt(null, at, 'a guess').catch(() => {});
    await expect(attempt(null, at)).rejects.toThrow(ExhaustedError);
    await proof(person, PASSWORD);
    const after = later(2 * STEP_MS + 1);
    for (let i = 0; i < FREE_FAILURES; i++) {
      await expect(proof(person, 'a guess', after)).rejects.toMatchObject({ code: 'wrong_proof' });
    }
    await expect(proof(person, PASSWORD, after)).rejects.toThrow(ExhaustedError);
    const next = later(4 * STEP_MS - 1000);
    await expect(proof(other, PASSWORD, next)).resolves.toBeUndefined();
  });

  it('is by the password alone for who has one factor, which opens no decision of two', async () => {
    const email = `${randomUUID()}@example.org`;
    const actor = await createUser(db(), tenant, 'dpo', { email, password: PASSWORD });
    const person = await signedIn(db(), actor, START);
    const at = later(PROOF_MS + 1);
    await prove(db(), person, { password: PASSWORD, code: null }, KEYS, at);
    await expect(requireProved(db(), person, at)).resolves.toBeUndefined();
    await expect(requireTwoFactors(db(), person, at)).rejects.toMatchObject({
      code: 'second_factor_missing',
    });
  });

  it('a session opened before the app was added is not one of two factors', async () => {
    const { person } = await enrolled();
    const other = await signedIn(db(), person, START);
    await expect(requireProved(db(), other, START)).rejects.toMatchObject({ code: 'proof_needed' });
  });
});

/** What a person was mailed of their second factor, oldest first. */
async function mailed({ userId }: SessionActor): Promise<unknown[]> {
  const jobs = await database.pool.query<{ data: { about: string } }>(
    `SELECT data FROM pgboss.job WHERE name = 'mail.second-factor' AND data->>'userId' = $1 ORDER BY created_on`,
    [userId],
  );
  return jobs.rows.map(({ data }) => data.about);
}

describe('giving up a second factor', () => {
  it('takes the password and a code with it; from then on the password is enough', async () => {
    const { person, secret, attempt } = await enrolled();
    const at = later(2 * STEP_MS);
    const code = appCode(secret, at);
    const remove = (proof: { password: string; code: string | null }) =>
      removeFactor(database.prisma, person, proof, KEYS, at);
    // Proved a minute ago, and still.
    await expect(remove({ password: 'a guess', code })).rejects.toMatchObject({ code: 'wrong_proof' });
    await expect(remove({ password: PASSWORD, code: null })).rejects.toMatchObject({ code: 'code_needed' });
    await expect(remove({ password: PASSWORD, code: '000000' })).rejects.toMatchObject({
      code: 'wrong_code',
    });
    expect(await ownFactor(database.prisma, person)).not.toBeNull();
    await remove({ password: PASSWORD, code });
    await expect(remove({ password: PASSWORD, code })).rejects.toThrow(NotFoundError);
    await expect(attempt(null, at)).resolves.toBeTypeOf('string');
    expect(await leavesAbout(database.prisma, person.userId)).toMatchObject([
      { change: 'added' },
      { change: 'removed' },
      { type: 'session.opened', factors: 'password' },
    ]);
    expect(await mailed(person)).toEqual(['added', 'removed']);
  });

  it('and adding another one does not stand in for the password', async () => {
    const db = database.prisma;
    const { person, recoveryCodes } = await enrolled();
    const proof = { password: PASSWORD, code: recoveryCodes[0]! };
    await removeFactor(db, person, proof, KEYS, later(PROOF_MS - 2000));
    const { secret } = await beginEnrolment(db, person, KEYS.factors, later(PROOF_MS - 1000));
    const code = appCode(secret, later(PROOF_MS));
    await confirmEnrolment(db, person, { code }, KEYS.factors, later(PROOF_MS));
    await expect(requireTwoFactors(db, person, later(PROOF_MS))).resolves.toBeUndefined();
    await expect(requireTwoFactors(db, person, later(PROOF_MS + 1))).rejects.toMatchObject({
      code: 'proof_needed',
    });
  });

  it('new recovery codes take the same, and end the former ones', async () => {
    const { person, secret, recoveryCodes, attempt } = await enrolled();
    const at = later(2 * STEP_MS);
    const renew = (actor: SessionActor, password: string, code: string) =>
      renewRecoveryCodes(database.prisma, actor, { password, code }, KEYS, at);
    await expect(renew(person, 'a guess', appCode(secret, at))).rejects.toMatchObject({
      code: 'wrong_proof',
    });
    await expect(renew(person, PASSWORD, '000000')).rejects.toMatchObject({ code: 'wrong_code' });
    const codes = await renew(person, PASSWORD, recoveryCodes[1]!);
    expect(await mailed(person)).toEqual(['added', 'recovery_codes']);
    await expect(attempt(recoveryCodes[0]!, later(2000))).rejects.toMatchObject({ code: 'wrong_code' });
    await expect(attempt(codes[0]!, later(3000))).resolves.toBeTypeOf('string');
    const email = `${randomUUID()}@example.org`;
    const plain = await createUser(database.prisma, tenant, 'dpo', { email, password: PASSWORD });
    await expect(renew(await signedIn(database.prisma, plain, at), PASSWORD, '000000')).rejects.toThrow(
      NotFoundError,
    );
  });

  it('an administrator resets a member’s with a reason, which ends their sessions; nobody else does', async () => {
    const db = database.prisma;
    const { person, attempt } = await enrolled();
    const by = async (role: 'admin' | 'dpo', where = tenant) =>
      signedIn(db, await createUser(db, where, role), START);
    const reset = (actor: SessionActor) =>
      resetFactor(db, actor, person.userId, { reason: 'The phone was lost' }, later(1000));
    await expect(reset(await by('dpo'))).rejects.toThrow(ForbiddenError);
    await expect(reset(await by('admin', await createTenant(db)))).rejects.toThrow(NotFoundError);
    const admin = await by('admin');
    await expect(
      resetFactor(db, admin, person.userId, { reason: 'The phone was lost' }, later(PROOF_MS + 1)),
    ).rejects.toMatchObject({ code: 'proof_needed' });
    expect(await reset(admin)).toBe(1);
    await expect(reset(admin)).rejects.toMatchObject({ code: 'no_second_factor' });
    expect(await findSessionActor(db, person.sessionId, later(1000))).toBeNull();
    await expect(attempt(null, later(2000))).resolves.toBeTypeOf('string');
    const leaf = (await leavesAbout(db, person.userId))[1]!;
    expect(leaf).toMatchObject({
      type: 'second_factor.changed',
      change: 'removed',
      by: await pseudonymOf(db, admin.userId),
      member: await pseudonymOf(db, person.userId),
    });
    const reason = await db.changeReason.findUniqueOrThrow({ where: { id: leaf.reasonId as string } });
    expect(reason).toMatchObject({ reason: 'The phone was lost', byUserId: admin.userId });
    expect(await mailed(person)).toEqual(['added', 'reset']);
    expect(await mailed(admin)).toEqual([]);
  });
});
