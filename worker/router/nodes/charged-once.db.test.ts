import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { transaction } from '#lib/db/transaction';
import { findMismatches } from '#lib/ledger/check-sums';
import { periodOf } from '#lib/ledger/period';
import { chargeProven } from '#lib/ledger/reconcile/charge-proven';
import { keepReceipts } from '#lib/ledger/reconcile/keep-receipts';
import { type SpendingFederation, spendAt, spendingHospitals } from '../../testing/spending-hospitals.ts';

const NOW = new Date();
let database: TestDatabase;
let folder: string;
let federation: SpendingFederation;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'fdlr-charged-once-'));
  federation = await spendingHospitals(database.prisma, folder, 1, periodOf(NOW));
});
afterAll(async () => {
  for (const { log } of federation?.hospitals ?? []) await log.close();
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('two replicas that see the same debt at once charge it once', async () => {
  const { pool, prisma } = database;
  const [node] = federation.hospitals;
  const id = crypto.randomUUID();
  const receipts = await spendAt([node!], id, 7n);
  await transaction(pool, (client) => keepReceipts(client, receipts));
  const charge = (client: Parameters<typeof chargeProven>[0]) =>
    chargeProven(client, [id], [periodOf(NOW)], NOW);
  const [first, second] = [await pool.connect(), await pool.connect()];
  try {
    await first.query('BEGIN');
    await second.query('BEGIN');
    expect((await charge(first)).adjustments).toHaveLength(1);
    const later = charge(second);
    // It has seen the debt, and stands before the account that the first one holds.
    const waiting = () =>
      pool.query(
        `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
    await expect.poll(async () => (await waiting()).rowCount).toBe(1);
    await first.query('COMMIT');
    expect(await later).toEqual({ adjustments: [], overCap: [], homeless: [] });
    await second.query('COMMIT');
  } finally {
    first.release(true);
    second.release(true);
  }
  const account = await prisma.account.findUniqueOrThrow({ where: { id: node!.accountId } });
  expect(account.spentRhoPico).toBe(7n);
  expect(await findMismatches(pool)).toEqual([]);
});
