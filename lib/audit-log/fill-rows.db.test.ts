import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyInMemory } from '#lib/crypto/key-custody';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { transaction } from '#lib/db/transaction';
import { createAccount, createHospital, createTenant, createUser } from '#lib/identity/testing/tenant';
import { appendLeaf } from './append-leaf.ts';
import type { AuditEvent } from './events.ts';
import { fillRows } from './fill-rows.ts';
import { integrate } from './integrate.ts';

const signer = { origin: 'fdlr/test', key: keyInMemory(generateKeyPairSync('ed25519').privateKey) };
const base = { v: 1 as const, atMs: Date.parse('2026-11-23T10:00:00Z') };
const move = (accountId: string) => ({ accountId, rhoPico: '5' });
let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db?.close());

async function log(...events: AuditEvent[]): Promise<void> {
  for (const event of events) await transaction(db.pool, (client) => appendLeaf(client, event, null));
  while ((await integrate(db.pool, signer)) > 0);
}
async function person() {
  const tenant = await createTenant(db.prisma);
  const { userId } = await createUser(db.prisma, tenant, 'dpo');
  const { pseudonym } = await db.prisma.user.findUniqueOrThrow({ where: { id: userId } });
  return { ...tenant, pseudonym };
}
async function rows() {
  const found = await db.prisma.auditRow.findMany({ orderBy: { index: 'asc' } });
  const organisations = await db.prisma.auditRowOrganisation.findMany();
  const accounts = await db.prisma.auditRowAccount.findMany();
  return found.map(({ index, type, actor, subjectId, at }) => ({
    type,
    actor,
    subjectId,
    at,
    organisations: organisations.filter((row) => row.index === index).map((row) => row.organisationId),
    accounts: accounts.filter((row) => row.index === index).map((row) => row.accountId),
  }));
}

test('a debit is of everybody whose accounts it moves, and by whoever asked', async () => {
  const [asker, other] = [await person(), await person()];
  const mine = await createAccount(db.prisma, asker.organisationId, 'user', randomUUID(), '2026');
  const theirs = await createAccount(db.prisma, other.organisationId, 'dataset', randomUUID(), '2026');
  const requestId = randomUUID();
  const accounts = [move(mine), move(theirs)];
  await log(
    {
      ...base,
      type: 'ledger.reserve',
      requestId,
      principal: asker.pseudonym,
      mechanism: 'vote',
      parameters: {},
      accounts,
    },
    { ...base, type: 'ledger.settle', requestId, outcome: 'answered', code: null, accounts, receipts: [] },
  );
  expect(await fillRows(db.pool)).toBe(2);
  const both = {
    subjectId: requestId,
    at: new Date(base.atMs),
    organisations: expect.toSatisfy((ids: string[]) =>
      sameSet(ids, [asker.organisationId, other.organisationId]),
    ),
    accounts: expect.toSatisfy((ids: string[]) => sameSet(ids, [mine, theirs])),
  };
  expect(await rows()).toEqual([
    { type: 'ledger.reserve', actor: asker.pseudonym, ...both },
    { type: 'ledger.settle', actor: null, ...both },
  ]);
});

const sameSet = (a: string[], b: string[]) => JSON.stringify(a.toSorted()) === JSON.stringify(b.toSorted());

test('what has rows is not written again, by two replicas at once either, and what is waiting for its index has none', async () => {
  const { pseudonym: by, organisationId } = await person();
  await log({ ...base, type: 'session.closed', by });
  await transaction(db.pool, (client) => appendLeaf(client, { ...base, type: 'session.closed', by }, null));
  const written = await Promise.all([fillRows(db.pool), fillRows(db.pool)]);
  expect(written[0]! + written[1]!).toBe(1);
  expect(await fillRows(db.pool)).toBe(0);
  expect((await rows()).filter(({ actor }) => actor === by)).toEqual([
    expect.objectContaining({ type: 'session.closed', subjectId: by, organisations: [organisationId] }),
  ]);
});

test('a node is its hospital’s, a federation-wide alert is everybody’s, a stranger’s leaf nobody’s', async () => {
  const { organisationId } = await person();
  const hospitalId = await createHospital(db.prisma, organisationId);
  const nodeId = randomUUID();
  await db.prisma.node.create({
    data: {
      id: nodeId,
      hospitalId,
      name: 'node',
      state: 'admitted',
      shards: 1,
      lanes: 1,
      datasetId: randomUUID(),
    },
  });
  const alertId = randomUUID();
  const alert = { ...base, alertId, code: 'log_fork' };
  await db.prisma.alert.create({
    data: { id: alertId, severity: 'critical', code: 'log_fork', subjectId: nodeId },
  });
  await log(
    { ...base, type: 'node.pinned', nodeId, identityKey: 'k' },
    { ...alert, type: 'alert.raised', severity: 'critical', subject: nodeId },
    { ...base, type: 'session.closed', by: randomUUID() },
  );
  while ((await fillRows(db.pool)) > 0);
  const [pinned, raised, foreign] = (await rows()).slice(-3);
  expect(pinned).toMatchObject({ subjectId: nodeId, organisations: [organisationId] });
  expect(raised?.organisations.length).toBe(await db.prisma.organisation.count());
  expect(foreign?.organisations).toEqual([]);
});
