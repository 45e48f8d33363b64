import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEventSchema } from '#lib/audit-log/events';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { insertScenario } from './insert-scenario.ts';
import { idOf } from './scenario-ids.ts';
import { peopleOf } from './scenario-people.ts';
import { demo } from './scenarios/demo.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db?.close());

test('every node that the seed admits is admitted in the log too', async () => {
  const users = demo.organisations.flatMap((organisation) => organisation.users);
  const people = await peopleOf(demo, Object.fromEntries(users.map(({ email }) => [email, 'x'])));
  const hospitals = demo.organisations.flatMap((organisation) => organisation.hospitals);
  const nodes = hospitals.map(({ key }) => ({ id: idOf('node', key) }));
  const rows = { people, federationId: randomUUID(), apiKey: 'sk-of-this-test', since: new Date() };
  await insertScenario(db.prisma, demo, rows);

  const leaves = await db.prisma.auditLeaf.findMany({ where: { type: 'node.transition' } });
  const said = leaves.map(({ entry }) => {
    const { salt: _, ...event } = JSON.parse(Buffer.from(entry).toString());
    return auditEventSchema.parse(event);
  });
  expect(said).toHaveLength(nodes.length);
  const admitted = { type: 'node.transition', from: null, to: 'admitted', by: null, reasonId: null };
  for (const { id } of nodes)
    expect(said).toContainEqual(expect.objectContaining({ ...admitted, nodeId: id }));
});
