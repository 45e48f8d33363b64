import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../db/testing.ts';
import { toZone } from './zone.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

it('names no zone that Postgres does not know', async () => {
  const short = ['BST', 'IST', 'PST', 'AST', 'ACT', 'CTT', 'NET', 'VST', 'EST', 'CET', 'GMT', 'SystemV/PST8'];
  const zones = new Set([...Intl.supportedValuesOf('timeZone'), ...short].map(toZone));
  const rows = await database.prisma.$queryRaw<{ name: string }[]>`SELECT name FROM pg_timezone_names`;
  const known = new Set(rows.map(({ name }) => name));
  expect(zones.size).toBeGreaterThan(300);
  expect([...zones].filter((zone) => !known.has(zone))).toEqual([]);
});
