import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../db/testing.ts';
import { endOtherSessions, ownSessions } from './own-sessions.ts';
import { createSession, findSessionActor } from './sessions.ts';
import { leavesAbout, pseudonymOf } from './testing/leaves.ts';
import { createTenant, createUser } from './testing/tenant.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

it("ends one's other sessions and nobody else's, with one leaf", async () => {
  const db = database.prisma;
  const tenant = await createTenant(db);
  const person = await createUser(db, tenant, 'auditor');
  const colleague = await createUser(db, tenant, 'auditor');
  const here = { ...person, sessionId: await createSession(db, person.userId) };
  const elsewhere = await createSession(db, person.userId);
  const theirs = await createSession(db, colleague.userId);
  expect((await ownSessions(db, here)).map((session) => session.isThis).toSorted()).toEqual([false, true]);

  expect(await endOtherSessions(db, here)).toBe(1);
  expect(await findSessionActor(db, elsewhere)).toBeNull();
  expect(await findSessionActor(db, here.sessionId)).not.toBeNull();
  expect(await findSessionActor(db, theirs)).not.toBeNull();
  expect(await endOtherSessions(db, here)).toBe(0);
  expect(await leavesAbout(db, person.userId)).toMatchObject([
    { type: 'session.ended', sessions: 1, by: await pseudonymOf(db, person.userId) },
  ]);
});
