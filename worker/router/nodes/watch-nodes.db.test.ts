import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { createHospital, createTenant } from '#lib/identity/testing/tenant';
import { createLogger } from '#lib/log';
import { decodeFrame } from '#lib/nodes/frame';
import type { RouterContext } from '../context.ts';
import { type OpenConnection, OpenConnections } from './open-connections.ts';
import { watchNodes } from './watch-nodes.ts';

let database: TestDatabase;
let hospitalId: string;
beforeAll(async () => {
  database = await testDatabase();
  const { organisationId } = await createTenant(database.prisma);
  hospitalId = await createHospital(database.prisma, organisationId);
});
afterAll(() => database.close());

const HOUR_MS = 3_600_000;

type Connected = { open: OpenConnection; ended: string[]; sent: string[] };

/** A connected node whose certificates end so many hours from now; it dialled with the first. */
async function connected(...endInHours: number[]): Promise<Connected> {
  const nodeId = randomUUID();
  const now = Date.now();
  await database.prisma.node.create({
    data: {
      id: nodeId,
      hospitalId,
      name: `node ${nodeId.slice(0, 8)}`,
      state: 'certified',
      shards: 8,
      lanes: 1,
      datasetId: randomUUID(),
    },
  });
  const certificates = endInHours.map((hours) => ({
    serial: randomBytes(16).toString('hex'),
    nodeId,
    fingerprint: randomBytes(32).toString('hex'),
    notBefore: new Date(now - 30 * 24 * HOUR_MS),
    notAfter: new Date(now + hours * HOUR_MS),
    spkiSha256: new Uint8Array(randomBytes(32)),
    keySince: new Date(now - 30 * 24 * HOUR_MS),
    pem: '-',
    createdAt: new Date(now - 30 * 24 * HOUR_MS),
  }));
  await database.prisma.nodeCertificate.createMany({ data: certificates });
  const ended: string[] = [];
  const sent: string[] = [];
  const open = {
    nodeId,
    serial: certificates[0]!.serial,
    state: 'certified',
    channel: { facts: { nodeId, name: nodeId } },
    ready: true,
    asked: false,
    leaveDirectory: () => {},
    send: (frame: Buffer) => sent.push(decodeFrame(frame).type),
    end: (code: string) => ended.push(code),
  } as unknown as OpenConnection;
  return { open, ended, sent };
}

/** Watches these until the test is over. */
function watch(...connected: Connected[]) {
  const connections = new OpenConnections();
  for (const { open } of connected) connections.add(open);
  const log = createLogger('test');
  log.level = 'silent';
  const context = {
    env: { DATABASE_URL: database.url },
    pool: database.pool,
    nodes: { remove: () => {}, add: () => {} },
    log,
  } as unknown as RouterContext;
  onTestFinished(watchNodes(context, connections));
}

it('a connection outlives the certificate it was opened with only while its node has another in force', async () => {
  const [expired, renewed] = [await connected(-1), await connected(-1, 24)];
  watch(expired, renewed);
  await expect.poll(() => expired.ended).toContain('certificate_expired');
  expect(renewed.ended).toEqual([]);
});

it('an order to make a new key goes once to a connection with a former key, also one that is dialled later', async () => {
  const [former, again, rekeyed] = [await connected(24), await connected(24), await connected(24)];
  const nodeId = { in: [former, again, rekeyed].map(({ open }) => open.nodeId) };
  const rekeyOrderedAt = new Date();
  await database.prisma.node.updateMany({ where: { id: nodeId }, data: { rekeyOrderedAt } });
  await database.prisma.nodeCertificate.update({
    where: { serial: rekeyed.open.serial },
    data: { keySince: new Date(rekeyOrderedAt.getTime() + 1) },
  });
  watch(former, rekeyed);
  const orders = ({ sent }: Connected) => sent.filter((type) => type === 'rekey').length;
  await expect.poll(() => orders(former)).toBe(1);
  // Another round of looking: what was said is not said again.
  watch(former, again, rekeyed);
  await expect.poll(() => orders(again)).toBe(1);
  expect([former, rekeyed].map(orders)).toEqual([1, 0]);
});
