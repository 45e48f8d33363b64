import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../db/testing.ts';
import { UnauthenticatedError } from '../errors.ts';
import { signIn } from './sign-in.ts';
import { ADDRESS_FAILURES } from './sign-in-attempts.ts';
import { testSignInKeys } from './testing/sign-in-keys.ts';
import { createTenant, createUser } from './testing/tenant.ts';

const KEYS = testSignInKeys();
const PASSWORD = 'the right one';
const START = new Date('2026-11-23T12:00:00Z');
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

it('one password tried on many people is stopped by its address, and only there, for a quarter of an hour', async () => {
  const email = `${randomUUID()}@example.org`;
  await createUser(database.prisma, await createTenant(database.prisma), 'clinician', {
    email,
    password: PASSWORD,
  });
  const from = (address: string, atMs: number, who = email) =>
    signIn(
      database.prisma,
      { email: who, password: who === email ? PASSWORD : 'a guess', address },
      KEYS,
      new Date(START.getTime() + atMs),
    );

  for (const i of [0, 1]) {
    await expect(from('192.0.2.7', i, `somebody-${i}@example.org`)).rejects.toThrow(UnauthenticatedError);
  }
  // Succeeding now and then buys no more guesses.
  await from('192.0.2.7', 2);
  await repeatFailures(ADDRESS_FAILURES - 2);
  await expect(from('192.0.2.7', 1_000)).rejects.toMatchObject({
    code: 'too_many_attempts',
    extra: { retryAfterMs: 15 * 60_000 - 1_000 },
  });
  await expect(from('192.0.2.8', 1_000)).resolves.toBeTypeOf('string');
  await expect(from('192.0.2.7', 15 * 60_000 + 1_000)).resolves.toBeTypeOf('string');
  const rows = await database.prisma.signInAttempt.findMany({ select: { subject: true } });
  expect(JSON.stringify(rows)).not.toContain('192.0.2');
});

/** The address is the subject of more than one person's failures; writes as many more as hashing would take minutes for. */
async function repeatFailures(count: number): Promise<void> {
  const rows = await database.prisma.signInAttempt.groupBy({
    by: ['subject'],
    where: { succeeded: false },
    having: { subject: { _count: { gt: 1 } } },
  });
  expect(rows).toHaveLength(1);
  const { subject } = rows[0]!;
  await database.prisma.signInAttempt.createMany({
    data: Array.from({ length: count }, () => ({
      id: randomUUID(),
      subject,
      succeeded: false,
      createdAt: START,
    })),
  });
}
