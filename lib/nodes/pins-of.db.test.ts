import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { createHospital, createTenant } from '#lib/identity/testing/tenant';
import type { NodeState } from './onboarding/transitions.ts';
import { pinsOf } from './pins-of.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());

async function node(state: NodeState, pinned?: string[], id: string = randomUUID()): Promise<string> {
  const { prisma } = database;
  const hospitalId = await createHospital(prisma, (await createTenant(prisma)).organisationId);
  const datasetId = randomUUID();
  await prisma.node.create({ data: { id, hospitalId, name: id, state, shards: 8, lanes: 1, datasetId } });
  if (pinned) await prisma.nodeStatus.create({ data: { nodeId: id, replica: 'router-0', pinned } });
  return id;
}

it('counts who has pinned a node, whom it has pinned and with whom it is both, among those that take part', async () => {
  const db = database.prisma;
  const silent = await node('admitted');
  expect(await pinsOf(db, silent)).toEqual({ others: 0, by: 0, own: null, both: 0 });
  const newcomer = randomUUID();
  const one = await node('admitted', [newcomer]);
  const other = await node('admitted', [silent]);
  // Who takes no part is not counted, and neither is oneself.
  const gone = await node('revoked', [newcomer]);
  await node('admitted', [newcomer, one, other, gone, randomUUID()], newcomer);
  expect(await pinsOf(db, newcomer)).toEqual({ others: 3, by: 1, own: 2, both: 1 });
});
