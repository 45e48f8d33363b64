import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { createHospital, createTenant } from '#lib/identity/testing/tenant';
import { forgetConnections, ProbeRecorder } from './probe-recorder.ts';

let database: TestDatabase;
let nodeId: string;
let hospitalId: string;
let nowMs: number;
const now = () => nowMs;
const MINUTE_START_MS = Date.UTC(2026, 10, 23, 12, 0);

beforeAll(async () => {
  database = await testDatabase();
  const { organisationId } = await createTenant(database.prisma);
  hospitalId = await createHospital(database.prisma, organisationId);
});
beforeEach(async () => {
  nowMs = MINUTE_START_MS;
  nodeId = await createNode();
});
afterAll(() => database.close());

async function createNode(): Promise<string> {
  const id = randomUUID();
  await database.prisma.node.create({
    data: {
      id,
      hospitalId,
      name: `node ${id.slice(0, 8)}`,
      state: 'admitted',
      shards: 8,
      lanes: 1,
      datasetId: randomUUID(),
    },
  });
  return id;
}

const statusOf = (id = nodeId) => database.prisma.nodeStatus.findUnique({ where: { nodeId: id } });
const minutesOf = (id = nodeId) =>
  database.prisma.nodeProbe.findMany({ where: { nodeId: id }, orderBy: { minute: 'asc' } });

it('writes the latest probe of each node, and a minute when it is over', async () => {
  const recorder = new ProbeRecorder('router-0', now);
  const other = await createNode();
  const connection = { nodeId, build: '0.1.0' };
  recorder.connected(connection);
  recorder.connected({ nodeId: other, build: '0.1.0' });
  for (const probeMs of [4, 10, 2]) recorder.probed(connection, { probeMs, queued: 1 });
  recorder.probed(connection, null);
  expect(await recorder.flush(database.pool)).toBe(2);
  expect(await statusOf()).toMatchObject({
    replica: 'router-0',
    connectedSince: new Date(MINUTE_START_MS),
    build: '0.1.0',
    probedAt: new Date(MINUTE_START_MS),
    probeMs: 2,
    queued: 1,
  });
  expect(await statusOf(other)).toMatchObject({ probedAt: null, probeMs: null });
  expect(await minutesOf()).toEqual([]);
  expect(await recorder.flush(database.pool)).toBe(0);

  nowMs += 60_000;
  expect(await recorder.flush(database.pool)).toBe(1);
  expect(await minutesOf()).toMatchObject([{ probes: 4, lost: 1, medianMs: 4, slowestMs: 10 }]);
});

it('adds up a minute that two processes saw', async () => {
  for (const samples of [[1, 3, 5], [50]]) {
    const recorder = new ProbeRecorder('router-0', now);
    for (const probeMs of samples) recorder.probed({ nodeId, build: 'b' }, { probeMs, queued: 0 });
    await recorder.flush(database.pool, { all: true });
  }
  expect(await minutesOf()).toMatchObject([{ probes: 4, lost: 0, medianMs: 3, slowestMs: 50 }]);
});

it('says that a node is gone, and keeps what it last said', async () => {
  const recorder = new ProbeRecorder('router-0', now);
  const connection = { nodeId, build: 'b' };
  recorder.connected(connection);
  recorder.probed(connection, { probeMs: 3, queued: 0 });
  recorder.disconnected(connection);
  await recorder.flush(database.pool);
  expect(await statusOf()).toMatchObject({ connectedSince: null, probeMs: 3 });
});

it('a former connection’s end, here or on another replica, does not end the present one', async () => {
  const here = new ProbeRecorder('router-0', now);
  const there = new ProbeRecorder('router-1', now);
  const [first, second, third] = [1, 2, 3].map(() => ({ nodeId, build: 'b' })) as [
    { nodeId: string; build: string },
    { nodeId: string; build: string },
    { nodeId: string; build: string },
  ];
  here.connected(first);
  here.connected(second);
  here.disconnected(first);
  await here.flush(database.pool);
  expect((await statusOf())?.connectedSince).not.toBeNull();

  there.connected(third);
  await there.flush(database.pool);
  here.disconnected(second);
  await here.flush(database.pool);
  await forgetConnections(database.pool, 'router-0');
  expect(await statusOf()).toMatchObject({ replica: 'router-1', connectedSince: new Date(nowMs) });
  await forgetConnections(database.pool, 'router-1');
  expect(await statusOf()).toMatchObject({ connectedSince: null });
});

it('loses nothing when a write fails, and a deleted node holds up no other', async () => {
  const recorder = new ProbeRecorder('router-0', now);
  const connection = { nodeId, build: 'b' };
  recorder.connected(connection);
  recorder.connected({ nodeId: randomUUID(), build: 'b' });
  recorder.probed(connection, { probeMs: 3, queued: 0 });
  const broken = { query: async () => Promise.reject(new Error('no database')) };
  await expect(recorder.flush(broken as never, { all: true })).rejects.toThrow('no database');
  await recorder.flush(database.pool, { all: true });
  expect(await statusOf()).toMatchObject({ probeMs: 3 });
  expect(await minutesOf()).toMatchObject([{ probes: 1 }]);
});

it('keeps whom the hospital says it has pinned, over a connection that has not said yet', async () => {
  const recorder = new ProbeRecorder('router-0', now);
  const connection = { nodeId, build: '0.1.0' };
  recorder.connected(connection);
  recorder.pinned(connection, ['a', 'b']);
  await recorder.flush(database.pool);
  expect(await statusOf()).toMatchObject({ pinned: ['a', 'b'] });
  // The same list again is nothing to write.
  recorder.pinned(connection, ['a', 'b']);
  expect(await recorder.flush(database.pool)).toBe(0);
  const next = { nodeId, build: '0.1.0' };
  recorder.connected(next);
  recorder.pinned(connection, []);
  await recorder.flush(database.pool);
  expect(await statusOf()).toMatchObject({ pinned: ['a', 'b'] });
  recorder.pinned(next, []);
  await recorder.flush(database.pool);
  expect(await statusOf()).toMatchObject({ pinned: [] });
});
