import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { createHospital, createTenant } from '#lib/identity/testing/tenant';
import type { NodeState } from '#lib/nodes/onboarding/transitions';
import { nodesToStart } from './nodes-to-start.ts';

let database: TestDatabase;
const root = mkdtempSync(join(tmpdir(), 'fdlr-start-'));
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database?.close();
  rmSync(root, { recursive: true });
});

async function node(state: NodeState) {
  const { prisma } = database;
  const hospitalId = await createHospital(prisma, (await createTenant(prisma)).organisationId);
  const id = randomUUID();
  const datasetId = randomUUID();
  await prisma.node.create({ data: { id, hospitalId, name: id, state, shards: 8, lanes: 1, datasetId } });
  return { id, dataDir: mkdtempSync(join(root, 'node-')) };
}

test('nobody waits for a node that people have put out, and one that was revoked does not run', async () => {
  const [asked, draining, suspended, revoked, stopped] = [
    await node('admitted'),
    await node('draining'),
    await node('suspended'),
    await node('revoked'),
    await node('admitted'),
  ];
  writeFileSync(join(stopped.dataDir, 'stopped'), '');
  expect(await nodesToStart(database.url, [asked, draining, suspended, revoked, stopped])).toEqual([
    { ...asked, awaited: 'asked' },
    { ...draining, awaited: 'connected' },
    { ...suspended, awaited: 'nothing' },
    { ...stopped, awaited: 'nothing' },
  ]);
});
