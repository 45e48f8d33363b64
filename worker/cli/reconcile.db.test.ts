import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { periodOf } from '#lib/ledger/period';
import { reconcile } from '#lib/ledger/reconcile/reconcile';
import { isWhole, type ReconcileReport } from '#lib/ledger/reconcile/report';
import { type SignedReceipt, signReceipts } from '#lib/nodes/receipt';
import {
  reserveFor,
  type SpendingFederation,
  type SpendingHospital,
  settleFor,
  spendAt,
  spendingHospitals,
} from '../testing/spending-hospitals.ts';

const RHO = 100n;
const NOW = new Date();
let database: TestDatabase;
let folder: string;
let federation: SpendingFederation;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-reconcile-'));
  federation = await spendingHospitals(database.prisma, folder, 3, periodOf(NOW));
  await database.prisma.ledgerState.deleteMany();
  await database.prisma.ledgerState.create({ data: { federationId: federation.tenant.organisationId } });
  return async () => {
    for (const { log } of federation.hospitals) await log.close();
    rmSync(folder, { recursive: true });
  };
});

const run = (spendLogs: readonly string[], dryRun = false) =>
  reconcile(database.pool, { spendLogs, dryRun, onProgress: () => {} }, NOW);
const spentOf = async () =>
  (await database.prisma.account.findMany({ orderBy: { id: 'asc' } })).map((account) => account.spentRhoPico);

test('a refused consensus is charged for its test alone, however often a healthy ledger is reconciled', async () => {
  const { hospitals } = federation;
  const id = await reserveFor(database.pool, federation, hospitals, RHO);
  await settleFor(database.pool, id, 'answered', await spendAt(hospitals, id, RHO), 40n);
  const before = await spentOf();
  for (let i = 0; i < 2; i++) {
    const report = await run(hospitals.map(({ file }) => file));
    expect([isWhole(report), report.requestsCharged]).toEqual([true, 0]);
  }
  expect(await spentOf()).toEqual(before);
});

test('a dry run says what the real one comes to, where a cap cannot bear what was let go', async () => {
  const [first] = federation.hospitals as [SpendingHospital];
  await database.prisma.account.update({ where: { id: first.accountId }, data: { capRhoPico: 150n } });
  for (let i = 0; i < 4; i++) await spendAt([first], randomUUID(), RHO);
  const said = ({ overCap, accounts, frozen, requestsCharged }: ReconcileReport) => ({
    overCap: overCap.map(({ rhoPico }) => rhoPico),
    accounts,
    frozen,
    requestsCharged,
  });
  const dry = await run([first.file], true);
  const real = await run([first.file]);
  expect([isWhole(dry), isWhole(real)]).toEqual([false, false]);
  expect(said(dry)).toEqual(said(real));
  expect(said(real)).toMatchObject({ overCap: [50n, 100n, 100n], frozen: [first.accountId] });
});

test.each([
  ['an epoch that has no next one', { ledgerEpoch: 2 ** 31 - 1 }],
  ['an epoch that no column holds', { ledgerEpoch: 9e12 }],
  ['a total that no column holds', { runningTotalPico: '9223372036854775808' }],
  ['a total of many digits', { runningTotalPico: '9'.repeat(37) }],
])('a log with %s is refused by file and line', async (_what, change) => {
  const [first] = federation.hospitals as [SpendingHospital];
  const [{ receipt }] = (await spendAt([first], randomUUID(), RHO)) as [SignedReceipt];
  const signed = signReceipts([{ ...receipt, ...change }], first.identity);
  const file = join(folder, 'odd.ndjson');
  writeFileSync(file, `${JSON.stringify(signed[0])}\n`);
  await expect(run([file])).rejects.toThrow(`${file}: line 1 of the spend log is not a receipt`);
});
