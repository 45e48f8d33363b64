import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { periodOf } from '#lib/ledger/period';
import { reconcile } from '#lib/ledger/reconcile/reconcile';
import {
  type SpendingFederation,
  type SpendingHospital,
  spendingHospitals,
} from '../testing/spending-hospitals.ts';

const NOW = new Date();
let database: TestDatabase;
let folder: string;
let federation: SpendingFederation;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'fdlr-epoch-'));
  federation = await spendingHospitals(database.prisma, folder, 2, periodOf(NOW));
  const federationId = federation.tenant.organisationId;
  await database.prisma.ledgerState.create({ data: { federationId, epoch: 3 } });
});
afterAll(async () => {
  for (const { log } of federation?.hospitals ?? []) await log.close();
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

const spendUnder = (node: SpendingHospital, ledgerEpoch: number) =>
  node.log.spend({
    ledgerEpoch,
    requestId: randomUUID(),
    h: randomUUID().replaceAll('-', '').repeat(2),
    rhoPico: 1n,
  });
const epochAfter = async (...spendLogs: string[]) =>
  (await reconcile(database.pool, { spendLogs, dryRun: false, onProgress: () => {} }, NOW)).epoch;

test('the epoch goes above what the ledger knew, what a given log says, and what a receipt it holds says', async () => {
  const [first, second] = federation.hospitals as [SpendingHospital, SpendingHospital];
  expect(await epochAfter()).toEqual({ from: 3, to: 4 });
  // The backup was older than a restore that the nodes have been through.
  await spendUnder(first, 9);
  expect(await epochAfter(first.file)).toEqual({ from: 4, to: 10 });
  await spendUnder(second, 2);
  expect(await epochAfter(second.file)).toEqual({ from: 10, to: 11 });
  await database.prisma.ledgerState.updateMany({ data: { epoch: 3 } });
  expect(await epochAfter()).toEqual({ from: 3, to: 10 });
});
