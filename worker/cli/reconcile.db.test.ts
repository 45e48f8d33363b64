import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { periodOf } from '#lib/ledger/period';
import { reconcile } from '#lib/ledger/reconcile/reconcile';
import { isWhole } from '#lib/ledger/reconcile/report';
import {
  reserveFor,
  type SpendingFederation,
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
