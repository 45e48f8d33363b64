import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from './testing.ts';

let one: TestDatabase;
let other: TestDatabase;

beforeAll(async () => {
  [one, other] = await Promise.all([testDatabase(), testDatabase()]);
});
afterAll(() => Promise.all([one.close(), other.close()]));

test('a test database is migrated, and what one file writes no other sees', async () => {
  const organisation = {
    id: randomUUID(),
    name: 'North Clinic',
    region: 'eu-west-1',
    maxRequestEpsilon: '1',
  };
  await one.prisma.organisation.create({ data: organisation });
  expect(await one.prisma.organisation.count()).toBe(1);
  expect(await other.prisma.organisation.count()).toBe(0);
});

test('commits wait for the disk, as in production', async () => {
  const settings = await one.pool.query<{ fsync: string; commit: string }>(
    `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`,
  );
  expect(settings.rows).toEqual([{ fsync: 'on', commit: 'on' }]);
});
