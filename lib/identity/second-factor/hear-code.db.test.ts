import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { ConflictError, ForbiddenError, NotFoundError } from '#lib/errors';
import { prove } from '../prove.ts';
import { PROOF_MS } from '../require-proved.ts';
import { signIn } from '../sign-in.ts';
import { leavesAbout, pseudonymOf } from '../testing/leaves.ts';
import { appCode, STEP_MS, signedIn, withTwoFactors } from '../testing/second-factor.ts';
import { testSignInKeys } from '../testing/sign-in-keys.ts';
import { createTenant, createUser, type Tenant } from '../testing/tenant.ts';
import { withProof } from '../with-proof.ts';
import { beginEnrolment } from './begin-enrolment.ts';
import { confirmEnrolment } from './confirm-enrolment.ts';
import { codeWaitMs, FREE_CODES, hearCode, MOST_WRONG_CODES } from './hear-code.ts';

const KEYS = testSignInKeys();
const PASSWORD = 'the right one';
const START = new Date('2026-11-23T12:00:05Z');
const later = (ms: number) => new Date(START.getTime() + ms);
const HOUR_MS = 60 * 60 * 1000;
let database: TestDatabase;
let tenant: Tenant;

beforeAll(async () => {
  database = await testDatabase();
  tenant = await createTenant(database.prisma);
});
afterAll(() => database.close());

/** Somebody with an app. What they do to prove themselves happens in sessions of their own, each with its own attempts. */
async function person() {
  const db = database.prisma;
  const email = `${randomUUID()}@example.org`;
  const actor = await createUser(db, tenant, 'dpo', { email, password: PASSWORD });
  const { person: first, secret, recoveryCodes } = await withTwoFactors(db, actor, KEYS, START);
  return {
    actor: first,
    secret,
    recoveryCodes,
    signIn: (code: string | null, now: Date, password = PASSWORD) =>
      signIn(db, { email, password, code }, KEYS, now),
    proof: async (code: string | null, now: Date, password = PASSWORD) =>
      prove(db, await signedIn(db, actor, now), { password, code }, KEYS, now),
    standing: () =>
      db.secondFactor.findUniqueOrThrow({
        where: { userId: actor.userId },
        select: { wrongCodes: true, lastWrongAt: true },
      }),
    heldBack: async () =>
      (await leavesAbout(db, actor.userId)).filter(({ type }) => type === 'second_factor.held_back'),
    mailed: async () => {
      const jobs = await database.pool.query<{ about: string }>(
        `SELECT data->>'about' AS about FROM pgboss.job
         WHERE name = 'mail.second-factor' AND data->>'userId' = $1 ORDER BY created_on`,
        [actor.userId],
      );
      return jobs.rows.map(({ about }) => about);
    },
  };
}
type Person = Awaited<ReturnType<typeof person>>;

async function guess(one: Person, times: number, at: Date): Promise<void> {
  for (let i = 0; i < times; i++) {
    await expect(one.proof('000000', at)).rejects.toMatchObject({ code: 'wrong_code' });
  }
}

describe('wrong codes', () => {
  it('wait longer each time, up to an hour', () => {
    expect([0, 4, 5, 6, 7, 99].map(codeWaitMs)).toEqual([0, 0, 30_000, 60_000, 120_000, HOUR_MS]);
  });

  it('count together wherever they are entered, and hold back every further one unseen', async () => {
    const one = await person();
    const at = later(10 * STEP_MS);
    await expect(one.signIn('000000', at)).rejects.toMatchObject({ code: 'wrong_code' });
    await expect(one.signIn('aaaa-bbbb-cccc-dddd', at)).rejects.toMatchObject({ code: 'wrong_code' });
    expect(await one.heldBack()).toEqual([]);
    await guess(one, FREE_CODES - 2, at);

    const right = appCode(one.secret, at);
    const refused = { status: 429, code: 'too_many_codes', extra: { retryAfterMs: 30_000 } };
    await expect(one.proof(right, at)).rejects.toMatchObject(refused);
    await expect(one.signIn(right, at)).rejects.toMatchObject(refused);
    await expect(one.proof(one.recoveryCodes[0]!, at)).rejects.toMatchObject(refused);
    await expect(one.proof(right, at)).rejects.toThrow('Wait 30 seconds before you try again.');
    expect(await one.standing()).toEqual({ wrongCodes: FREE_CODES, lastWrongAt: at });

    const early = later(10 * STEP_MS + 29_999);
    await expect(one.proof(appCode(one.secret, early), early)).rejects.toMatchObject(
      // What is refused begins no new wait.
      { code: 'too_many_codes', extra: { retryAfterMs: 1 } },
    );
    const due = later(10 * STEP_MS + 30_000);
    await guess(one, 1, due);
    await expect(one.proof(appCode(one.secret, due), due)).rejects.toMatchObject({
      extra: { retryAfterMs: 60_000 },
    });
  });

  it('tell the log and the person once, when codes begin to wait', async () => {
    const one = await person();
    await guess(one, FREE_CODES, later(STEP_MS));
    await guess(one, 1, later(3 * STEP_MS));
    const member = await pseudonymOf(database.prisma, one.actor.userId);
    expect(await one.heldBack()).toMatchObject([{ member, ended: false }]);
    expect(await one.mailed()).toEqual(['added', 'held_back']);
  });

  it('are forgotten with a right one, of the app or from paper', async () => {
    const one = await person();
    const at = later(2 * STEP_MS);
    await guess(one, FREE_CODES - 1, at);
    await one.proof(appCode(one.secret, at), at);
    expect(await one.standing()).toEqual({ wrongCodes: 0, lastWrongAt: null });
    await guess(one, FREE_CODES - 1, at);
    await one.signIn(one.recoveryCodes[0]!, at);
    expect(await one.standing()).toEqual({ wrongCodes: 0, lastWrongAt: null });
    expect(await one.heldBack()).toEqual([]);
  });

  it('that are sent at once count as many, and no more than the free ones are looked at', async () => {
    const one = await person();
    const at = later(2 * STEP_MS);
    const sent = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        hearCode(
          database.prisma,
          { userId: one.actor.userId, code: '000000', app: 'confirmed' as const },
          at,
        ),
      ),
    );
    const heard = sent.flatMap((each) => (each.status === 'fulfilled' ? [each.value.number] : []));
    expect(heard.sort()).toEqual([1, 2, 3, 4, 5]);
    const refused = sent.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(refused.map(({ code }) => code)).toEqual(Array(5).fill('too_many_codes'));

    // And through the verbs, each in a session of its own.
    const other = await person();
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => other.proof('000000', at)));
    const codes = tries.map((each) => (each.status === 'rejected' ? each.reason.code : 'right')).sort();
    expect(codes).toEqual([...Array(5).fill('too_many_codes'), ...Array(5).fill('wrong_code')]);
    expect(await other.heldBack()).toHaveLength(1);
  });

  it('of whoever has not given the password count for nobody', async () => {
    const one = await person();
    const at = later(2 * STEP_MS);
    for (let i = 0; i < FREE_CODES; i++) {
      await expect(one.signIn('000000', at, 'a guess')).rejects.toMatchObject({ code: 'unauthenticated' });
      await expect(one.proof('000000', at, 'a guess')).rejects.toMatchObject({ code: 'wrong_proof' });
      await expect(one.proof(null, at)).rejects.toMatchObject({ code: 'code_needed' });
    }
    expect(await one.standing()).toEqual({ wrongCodes: 0, lastWrongAt: null });
    await expect(one.proof(appCode(one.secret, at), at)).resolves.toBeUndefined();
  });

  it('a right one for something that is not to be had is none', async () => {
    const one = await person();
    const at = later(2 * STEP_MS);
    const proof = { password: PASSWORD, code: appCode(one.secret, at) };
    const nothing = withProof(database.prisma, one.actor, proof, KEYS, at, () => {
      throw new NotFoundError();
    });
    await expect(nothing).rejects.toThrow(NotFoundError);
    expect(await one.standing()).toEqual({ wrongCodes: 0, lastWrongAt: null });
  });
});

describe('too many wrong codes in a row', () => {
  it('end the app’s codes, until a recovery code is used', async () => {
    const one = await person();
    await database.prisma.secondFactor.update({
      where: { userId: one.actor.userId },
      data: { wrongCodes: MOST_WRONG_CODES - 1, lastWrongAt: START },
    });
    await guess(one, 1, later(HOUR_MS));
    const due = later(2 * HOUR_MS);
    const ended = { status: 403, code: 'codes_ended' };
    await expect(one.proof(appCode(one.secret, due), due)).rejects.toMatchObject(ended);
    await expect(one.signIn(appCode(one.secret, due), due)).rejects.toMatchObject(ended);
    const muchLater = later(1000 * HOUR_MS);
    await expect(one.proof(appCode(one.secret, muchLater), muchLater)).rejects.toMatchObject(ended);
    expect(await one.heldBack()).toMatchObject([{ ended: true }]);
    expect(await one.mailed()).toEqual(['added', 'codes_ended']);

    await one.signIn(one.recoveryCodes[0]!, due);
    await expect(one.proof(appCode(one.secret, due), due)).resolves.toBeUndefined();
  });
});

describe('the first code of an app', () => {
  it('is guessed no faster, and the app begun again is another one', async () => {
    const db = database.prisma;
    const actor = await signedIn(db, await createUser(db, tenant, 'dpo'), START);
    const confirm = (code: string, now = START) => confirmEnrolment(db, actor, { code }, KEYS.factors, now);
    await expect(confirm('000000')).rejects.toThrow(ConflictError);
    await beginEnrolment(db, actor, KEYS.factors, START);
    // Without a fresh proof nobody uses up a try.
    await expect(confirm('000000', later(PROOF_MS + 1))).rejects.toThrow(ForbiddenError);
    for (let i = 0; i < FREE_CODES; i++) {
      await expect(confirm('000000')).rejects.toMatchObject({ status: 400, code: 'wrong_code' });
    }
    await expect(confirm('000000')).rejects.toMatchObject({ code: 'too_many_codes' });
    const held = (await leavesAbout(db, actor.userId)).map(({ type }) => type);
    expect(held).toEqual(['second_factor.held_back']);
    const { secret } = await beginEnrolment(db, actor, KEYS.factors, START);
    await expect(confirm(appCode(secret, START))).resolves.toHaveLength(10);
  });

  it('an app that is not confirmed holds back no sign-in, whatever is entered there', async () => {
    const db = database.prisma;
    const email = `${randomUUID()}@example.org`;
    const actor = await createUser(db, tenant, 'dpo', { email, password: PASSWORD });
    await beginEnrolment(db, await signedIn(db, actor, START), KEYS.factors, START);
    for (let i = 0; i <= FREE_CODES; i++) {
      await signIn(db, { email, password: PASSWORD, code: '000000' }, KEYS, START);
    }
    const { wrongCodes } = await db.secondFactor.findUniqueOrThrow({ where: { userId: actor.userId } });
    expect(wrongCodes).toBe(0);
  });
});
