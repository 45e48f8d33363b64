import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { createHospital, createTenant } from '#lib/identity/testing/tenant';
import { createLogger } from '#lib/log';
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

/** A connected node whose certificates end so many hours from now; it dialled with the first. */
async function connected(...endInHours: number[]): Promise<{ open: OpenConnection; ended: string[] }> {
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
  const open = {
    nodeId,
    serial: certificates[0]!.serial,
    state: 'certified',
    channel: { facts: { nodeId, name: nodeId } },
    ready: true,
    asked: false,
    leaveDirectory: () => {},
    send: () => {},
    end: (code: string) => ended.push(code),
  } as unknown as OpenConnection;
  return { open, ended };
}

it('a connection outlives the certificate it was opened with only while its node has another in force', async () => {
  const [expired, renewed] = [await connected(-1), await connected(-1, 24)];
  const connections = new OpenConnections();
  connections.add(expired.open);
  connections.add(renewed.open);
  const log = createLogger('test');
  log.level = 'silent';
  const context = {
    env: { DATABASE_URL: database.url },
    pool: database.pool,
    nodes: { remove: () => {}, add: () => {} },
    log,
  } as unknown as RouterContext;
  const stop = watchNodes(context, connections);
  await expect.poll(() => expired.ended, { timeout: 10_000 }).toContain('certificate_expired');
  stop();
  expect(renewed.ended).toEqual([]);
});
