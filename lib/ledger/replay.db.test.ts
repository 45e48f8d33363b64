import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../db/testing.ts';
import { createRequest, createTenant, createUser } from '../identity/testing/tenant.ts';
import { replay } from './replay.ts';

const BODY = Buffer.alloc(32);
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

it('counts an answer that is fetched again, and not how often it was looked for before it was there', async () => {
  const { prisma: db, pool } = database;
  const id = await createRequest(db, await createUser(db, await createTenant(db), 'clinician'));
  const become = (state: 'reserved' | 'answered') =>
    db.request.update({
      where: { id },
      data: { state, answerCiphertext: BODY, answerExpiresAt: new Date(Date.now() + 60_000) },
    });
  const replays = async () => (await db.request.findUniqueOrThrow({ where: { id } })).replays;

  await become('reserved');
  for (let i = 0; i < 3; i++) expect(await replay(pool, id, BODY)).toEqual({ state: 'reserved' });
  expect(await replays()).toBe(0);
  await become('answered');
  expect(await replay(pool, id, BODY)).toMatchObject({ state: 'answered' });
  expect(await replays()).toBe(1);
});
