import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionActor } from '#lib/actor';
import { currentPeriod } from '#lib/budgets/current-period';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { ForbiddenError, NotFoundError } from '#lib/errors';
import { createAccount, createHospital, createTenant, createUser } from '#lib/identity/testing/tenant';
import { getNode } from './get-node.ts';
import { listNodes } from './list-nodes.ts';
import { nodeLatency } from './node-latency.ts';

const NOW = new Date('2026-03-10T12:00:00Z');
const HOUR = { from: '2026-03-10T11:00:00Z', to: NOW.toISOString() };
const KEY = Buffer.alloc(32, 7);
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
let database: TestDatabase;
let dpo: SessionActor;
let operator: SessionActor;
let clinician: SessionActor;
let ownAccountId: string;
const ids = { own: randomUUID(), annexe: randomUUID(), foreign: randomUUID() };

beforeAll(async () => {
  database = await testDatabase();
  const db = database.prisma;
  const tenant = await createTenant(db);
  dpo = await createUser(db, tenant, 'dpo');
  operator = await createUser(db, tenant, 'node_operator');
  clinician = await createUser(db, tenant, 'clinician');
  const datasetId = randomUUID();
  const { organisationId } = tenant;
  ownAccountId = await createAccount(db, organisationId, 'dataset', datasetId, currentPeriod(NOW));
  const node = { shards: 64, lanes: 2, state: 'admitted' as const };
  const heard = { replica: 'r', connectedSince: minutesAgo(600), probedAt: NOW, probeMs: 2.5, queued: 1 };
  await db.node.create({
    data: {
      ...node,
      ...{ id: ids.own, name: 'A', hospitalId: operator.hospitalId!, datasetId, identityKey: KEY },
      ...{ dataSize: 4_000, computeCapacity: '2xCPU', complianceLevel: 'HIPAA' },
      status: { create: { ...heard, build: 'v1' } },
      probes: {
        create: [
          { minute: minutesAgo(50), probes: 12, lost: 0, medianMs: 2, slowestMs: 5 },
          { minute: minutesAgo(49), probes: 12, lost: 3, medianMs: 4, slowestMs: 30 },
          { minute: minutesAgo(48), probes: 12, lost: 0, medianMs: 3, slowestMs: 4 },
          { minute: minutesAgo(47), probes: 12, lost: 12 },
          { minute: minutesAgo(90), probes: 12, lost: 12, medianMs: 900, slowestMs: 900 },
        ],
      },
    },
  });
  const annexe = await createHospital(db, organisationId);
  await db.node.create({
    data: { ...node, id: ids.annexe, name: 'B', hospitalId: annexe, datasetId: randomUUID() },
  });
  await db.purpose.create({ data: { code: 'care', display: 'Care', description: 'c' } });
  await db.purpose.create({ data: { code: 'old', display: 'Old', description: 'o', active: false } });
  await db.hospitalPurpose.createMany({
    data: ['care', 'old'].map((purposeCode) => ({ hospitalId: operator.hospitalId!, purposeCode })),
  });
  await db.residencyRule.create({
    data: { hospitalId: operator.hospitalId!, allowedRegion: 'eu-west-1' },
  });
  const elsewhere = await createHospital(db, (await createTenant(db)).organisationId);
  await db.node.create({
    data: {
      ...node,
      ...{ id: ids.foreign, name: 'C', hospitalId: elsewhere, datasetId: randomUUID() },
      status: { create: { ...heard, build: 'v2' } },
    },
  });
});
afterAll(() => database?.close());

describe('nodes', () => {
  it('are listed with what is public of all of them, for those who oversee', async () => {
    const rows = await listNodes(database.prisma, dpo, HOUR, NOW);
    expect(rows.map((row) => row.id)).toEqual([ids.own, ids.annexe, ids.foreign]);
    expect(rows[0]).toMatchObject({
      ...{ state: 'admitted', region: 'eu-west-1', link: 'connected', latencyMs: 2.5, detailed: true },
      ...{ medianMs: 3, slowestMs: 30, probes: 48, lostShare: 15 / 48, queued: 1, build: 'v1' },
    });
    expect(rows[1]).toMatchObject({ link: 'never', latencyMs: null, lostShare: null, detailed: true });
    // What is not public of another organisation's node does not leave.
    expect(rows[2]).toMatchObject({ link: 'connected', detailed: false, queued: null, build: null });
  });

  it('that are invited, or gone for good, are known to their own organisation only', async () => {
    const db = database.prisma;
    const place = { shards: 64, lanes: 2, datasetId: randomUUID() };
    const [own, foreign] = await Promise.all(
      [ids.annexe, ids.foreign].map(async (beside) => {
        const { hospitalId } = await db.node.findUniqueOrThrow({ where: { id: beside } });
        const id = randomUUID();
        return db.node.create({ data: { ...place, id, name: 'D', hospitalId, state: 'invited' } });
      }),
    );
    const listed = async () => (await listNodes(db, dpo, HOUR, NOW)).map(({ id }) => id);
    expect(await listed()).toEqual([ids.own, ids.annexe, ids.foreign, own!.id]);
    await db.node.updateMany({ where: { id: foreign!.id }, data: { state: 'suspended' } });
    expect(await listed()).toContain(foreign!.id);
    await db.node.deleteMany({ where: { id: { in: [own!.id, foreign!.id] } } });
  });

  it('are their own site alone for a node operator, and none for a clinician', async () => {
    const rows = await listNodes(database.prisma, operator, HOUR, NOW);
    expect(rows.map((row) => row.id)).toEqual([ids.own]);
    expect(await listNodes(database.prisma, { ...operator, hospitalId: null }, HOUR, NOW)).toEqual([]);
    await expect(listNodes(database.prisma, clinician, HOUR, NOW)).rejects.toThrow(ForbiddenError);
  });
});

describe('a node', () => {
  it('shows what was declared beside what is known of it, and the rules it answers under', async () => {
    const node = await getNode(database.prisma, dpo, ids.own, NOW);
    expect(node).toMatchObject({
      ...{ dataSize: 4_000, computeCapacity: '2xCPU', complianceLevel: 'HIPAA', shards: 64, lanes: 2 },
      ...{ link: 'connected', latencyMs: 2.5, allowedRegions: ['eu-west-1'] },
      purposes: [{ code: 'care', display: 'Care' }],
      identityFingerprint: createHash('sha256').update(KEY).digest('hex'),
      datasetAccount: { id: ownAccountId },
    });
    expect(JSON.stringify(node)).not.toContain('token');
  });

  it('keeps the budget from those who may not read it', async () => {
    const node = await getNode(database.prisma, operator, ids.own, NOW);
    expect(node.datasetAccount).toBeNull();
  });

  it('of another organisation or another site is not there', async () => {
    const db = database.prisma;
    await expect(getNode(db, dpo, ids.foreign, NOW)).rejects.toThrow(NotFoundError);
    await expect(getNode(db, operator, ids.annexe, NOW)).rejects.toThrow(NotFoundError);
    await expect(getNode(db, dpo, randomUUID(), NOW)).rejects.toThrow(NotFoundError);
    await expect(getNode(db, dpo, 'x', NOW)).rejects.toThrow(NotFoundError);
    await expect(getNode(db, clinician, ids.own, NOW)).rejects.toThrow(ForbiddenError);
  });
});

it('the latency of a node has gaps where nothing was heard', async () => {
  const { widthMs, points } = await nodeLatency(database.prisma, ids.own, HOUR);
  expect(widthMs).toBe(60_000);
  expect(points).toHaveLength(60);
  expect(points.slice(9, 15).map((point) => point.medianMs)).toEqual([null, 2, 4, 3, null, null]);
  expect(points[11]).toMatchObject({ at: '2026-03-10T11:11:00.000Z', lost: 3, slowestMs: 30 });
  expect(points[13]).toMatchObject({ probes: 12, lost: 12, medianMs: null });
  expect(points[0]).toMatchObject({ probes: 0, medianMs: null });
});
