import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { transaction } from '#lib/db/transaction';
import { clearAlerts } from './clear-alert.ts';
import { type NewAlert, raiseAlert } from './raise-alert.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db?.close());

const fork = (subjectId: string, facts = {}): NewAlert => ({
  severity: 'critical',
  code: 'log_fork',
  subjectId,
  organisationId: null,
  facts,
});
const raise = (alert: NewAlert, now?: Date) =>
  transaction(db.pool, (client) => raiseAlert(client, alert, now));
const clear = (subjectId: string) =>
  transaction(db.pool, (client) => clearAlerts(client, { codes: ['log_fork', 'log_rollback'], subjectId }));
const leaves = async (subjectId: string) =>
  (await db.prisma.auditLeaf.findMany({ where: { subjectId }, orderBy: { createdAt: 'asc' } })).map(
    ({ type }) => type,
  );

test('a thing that is wrong twice fires once, with one leaf, and is seen again', async () => {
  const node = randomUUID();
  const later = new Date('2099-01-01T00:00:00Z');
  expect(await raise(fork(node, { offeredSize: '1' }))).toBe(true);
  expect(await raise(fork(node, { offeredSize: '2' }), later)).toBe(false);
  const [alert, ...more] = await db.prisma.alert.findMany({ where: { subjectId: node } });
  expect(more).toEqual([]);
  expect(alert).toMatchObject({ seenAt: later, clearedAt: null, facts: { offeredSize: '2' } });
  expect(await leaves(node)).toEqual(['alert.raised']);
});

test('two that see it at once raise one', async () => {
  const node = randomUUID();
  const raised = await Promise.all([raise(fork(node)), raise(fork(node))]);
  expect(raised.toSorted()).toEqual([false, true]);
  expect(await leaves(node)).toEqual(['alert.raised']);
});

test('what is cleared can be raised anew; where nothing fires nothing is written', async () => {
  const node = randomUUID();
  expect(await clear(node)).toBe(0);
  await raise(fork(node));
  expect(await clear(node)).toBe(1);
  expect(await clear(node)).toBe(0);
  expect(await raise(fork(node))).toBe(true);
  expect(await leaves(node)).toEqual(['alert.raised', 'alert.cleared', 'alert.raised']);
});
