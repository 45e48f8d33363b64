import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { transaction } from '#lib/db/transaction';
import { leavesAbout } from '#lib/identity/testing/leaves';
import { type NodeRefusal, recordRefusal } from './record-refusal.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const minutesLater = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());

const record = (refusal: NodeRefusal, at: Date) =>
  transaction(database.pool, (client) => recordRefusal(client, refusal, at));

it('is in the log once an hour, with how often it happened in between', async () => {
  const nodeId = randomUUID();
  const revoked: NodeRefusal = { nodeId, where: 'door', code: 'certificate_revoked' };
  for (const minutes of [0, 1, 2, 59]) await record(revoked, minutesLater(minutes));
  expect(await leavesAbout(database.prisma, nodeId)).toMatchObject([
    { type: 'node.refused', ...revoked, count: 1 },
  ]);
  await record(revoked, minutesLater(61));
  expect(await leavesAbout(database.prisma, nodeId)).toMatchObject([{ count: 1 }, { count: 4 }]);
});

it('is counted by node, place and code: what is new is said at once', async () => {
  const nodeId = randomUUID();
  await record({ nodeId, where: 'door', code: 'clock_skew' }, NOW);
  await record({ nodeId, where: 'enrolment', code: 'clock_skew' }, NOW);
  await record({ nodeId, where: 'door', code: 'bad_proof' }, NOW);
  expect(await leavesAbout(database.prisma, nodeId)).toHaveLength(3);
});

it('says nothing of whom where nobody proved who it was', async () => {
  await record({ nodeId: null, where: 'door', code: 'no_certificate' }, NOW);
  const leaf = await database.prisma.auditLeaf.findFirstOrThrow({
    where: { type: 'node.refused', subjectId: null },
  });
  expect(JSON.parse(Buffer.from(leaf.entry).toString('utf8'))).toMatchObject({ nodeId: null, count: 1 });
});

it('is written with what it refuses or not at all', async () => {
  const nodeId = randomUUID();
  const failed = transaction(database.pool, async (client) => {
    await recordRefusal(client, { nodeId, where: 'door', code: 'bad_proof' }, NOW);
    throw new Error('what it was part of failed');
  });
  await expect(failed).rejects.toThrow('failed');
  expect(await leavesAbout(database.prisma, nodeId)).toEqual([]);
});
