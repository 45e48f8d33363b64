import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AuditEvent } from '#lib/audit-log/events';
import { LedgerTally } from '#lib/audit-log/verify/ledger-tally';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { findMismatches } from '#lib/ledger/check-sums';
import { insertReceipts } from '#lib/ledger/insert-receipts';
import { periodOf } from '#lib/ledger/period';
import { release } from '#lib/ledger/release';
import { type SignedReceipt, signReceipts } from '#lib/nodes/receipt';
import {
  reserveFor,
  type SpendingFederation,
  type SpendingHospital,
  settleFor,
  spendAt,
  spendingHospitals,
} from '../../testing/spending-hospitals.ts';
import { catchUp, ReceiptGapError } from './catch-up.ts';

const RHO = 433_000_000n;
const NOW = new Date();
let database: TestDatabase;
let folder: string;
let federation: SpendingFederation;
let node: SpendingHospital;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-catch-up-'));
  federation = await spendingHospitals(database.prisma, folder, 3, periodOf(NOW));
  node = federation.hospitals[0]!;
  return async () => {
    for (const { log } of federation.hospitals) await log.close();
    rmSync(folder, { recursive: true });
  };
});

const PAGE = 2;
const catchUpWith = (page = (after: number) => node.log.receiptsAfter(after, PAGE)) =>
  catchUp(
    database.pool,
    {
      nodeId: node.nodeId,
      identity: createPublicKey(node.identity),
      lastSeq: node.log.lastSeq,
      page,
    },
    NOW,
  );
const held = async () => {
  const { rows } = await database.pool.query<{ seq: bigint }>(
    'SELECT seq FROM node_receipt WHERE node_id = $1 ORDER BY seq',
    [node.nodeId],
  );
  return rows.map(({ seq }) => Number(seq));
};
const spentBy = async (accountId: string) =>
  (await database.prisma.account.findUniqueOrThrow({ where: { id: accountId } })).spentRhoPico;

/** Every leaf that moves the account or is about it. */
const leavesOn = async (accountId: string) => {
  const leaves = await database.prisma.auditLeaf.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  const events = leaves.map(({ entry }) => Buffer.from(entry).toString());
  return events.filter((text) => text.includes(accountId)).map((text) => JSON.parse(text) as AuditEvent);
};

/** A vote whose receipts all came, or all but the first hospital's. */
async function ask({ lost = false } = {}): Promise<string> {
  const { pool } = database;
  const id = await reserveFor(pool, federation, federation.hospitals, RHO);
  const receipts = await spendAt(federation.hospitals, id, RHO);
  await settleFor(pool, id, lost ? 'failed' : 'answered', lost ? receipts.slice(1) : receipts);
  return id;
}

test('a ledger that has everything asks for nothing', async () => {
  await ask();
  const never = () => Promise.reject(new Error('asked'));
  expect(await catchUpWith(never)).toMatchObject({ added: 0, adjustedRequests: 0 });
});

test('receipts of failed rounds are fetched from the first gap on, and charge nothing twice', async () => {
  for (const lost of [false, true, false, true, true]) await ask({ lost });
  expect(await held()).toEqual([1, 3]);
  expect(await catchUpWith()).toMatchObject({ added: 3, adjustedRequests: 0 });
  expect(await held()).toEqual([1, 2, 3, 4, 5]);
  expect(await spentBy(node.accountId)).toBe(5n * RHO);
  expect(await catchUpWith()).toMatchObject({ added: 0, adjustedRequests: 0 });
});

test('what receipts prove of a request that the ledger lost, or gave back, is charged', async () => {
  const { pool } = database;
  const givenBack = await reserveFor(pool, federation, federation.hospitals, RHO);
  await release(pool, givenBack, 'round_failed', 'nothing was sent');
  await spendAt([node], givenBack, RHO);
  await spendAt([node], crypto.randomUUID(), 7n);
  expect(await catchUpWith()).toMatchObject({ added: 2, adjustedRequests: 2 });
  expect(await spentBy(node.accountId)).toBe(RHO + 7n);
  // Who asked is known of the first alone.
  for (const accountId of federation.caller) expect(await spentBy(accountId)).toBe(RHO);
  expect(await findMismatches(pool)).toEqual([]);
  const leaves = await database.prisma.auditLeaf.findMany({
    where: { type: 'ledger.adjust', subjectId: givenBack },
  });
  expect(JSON.parse(Buffer.from(leaves[0]!.entry).toString())).toMatchObject({
    cause: 'receipts',
    accounts: expect.arrayContaining([{ accountId: node.accountId, rhoPico: String(RHO) }]),
  });
});

test('a reservation that is still open is left to whoever settles it', async () => {
  const id = await reserveFor(database.pool, federation, federation.hospitals, RHO);
  await spendAt([node], id, RHO);
  expect(await catchUpWith()).toMatchObject({ added: 1, adjustedRequests: 0 });
  expect(await spentBy(node.accountId)).toBe(0n);
});

test('a receipt of a hospital on which the reservation does not stand is charged beside it', async () => {
  const { pool, prisma } = database;
  const others = federation.hospitals.slice(1);
  // It ran here too before a restore lost it; its key was asked again, of the others.
  const id = await reserveFor(pool, federation, others, RHO);
  await spendAt([node], id, RHO);
  expect(await catchUpWith()).toMatchObject({ added: 1, adjustedRequests: 1 });
  expect(await spentBy(node.accountId)).toBe(RHO);
  expect(await spentBy(federation.caller[0]!)).toBe(0n);
  await settleFor(pool, id, 'answered', await spendAt(others, id, RHO), RHO - 1n);
  for (const accountId of [others[0]!.accountId, federation.caller[0]!])
    expect(await spentBy(accountId)).toBe(RHO - 1n);
  const { chargedRhoPico } = await prisma.request.findUniqueOrThrow({ where: { id } });
  expect([chargedRhoPico, await findMismatches(pool)]).toEqual([RHO - 1n, []]);
});

test('receipts wait for the accounts before they are written, as those of a batch that settles', async () => {
  const { pool } = database;
  const id = await reserveFor(pool, federation, [node], RHO);
  const [settling] = await spendAt([node], id, RHO);
  await spendAt([node], crypto.randomUUID(), 7n);
  const batch = await pool.connect();
  try {
    await batch.query(`BEGIN; SET LOCAL lock_timeout = '30s'`);
    await batch.query('SELECT 1 FROM account WHERE id = $1 FOR UPDATE', [node.accountId]);
    const caughtUp = catchUpWith();
    const waiting = `SELECT 1 FROM pg_locks WHERE NOT granted AND $1 = ANY(pg_blocking_pids(pid))`;
    const { pid } = (await batch.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]!;
    await expect.poll(async () => (await pool.query(waiting, [pid])).rowCount).toBeGreaterThan(0);
    expect(await insertReceipts(batch, [settling!])).toBe(1);
    await batch.query('COMMIT');
    expect(await caughtUp).toMatchObject({ added: 1, adjustedRequests: 1 });
  } finally {
    batch.release(true);
  }
});

test('a receipt that was fetched before its answer was settled does not stop the answer; another one does', async () => {
  const { pool } = database;
  const begin = async () => {
    const id = await reserveFor(pool, federation, federation.hospitals, RHO);
    return { id, receipts: await spendAt(federation.hospitals, id, RHO) };
  };
  const [honest, forked] = [await begin(), await begin()];
  await catchUpWith();
  await settleFor(pool, honest.id, 'answered', honest.receipts);
  const [own, ...others] = forked.receipts;
  const twin = { ...own!.receipt, h: 'b'.repeat(64) };
  const signed = [...signReceipts([twin], node.identity), ...others];
  await expect(settleFor(pool, forked.id, 'answered', signed)).rejects.toThrow(/two receipts/);
});

test('a charge that no cap can bear fills the account and freezes it', async () => {
  const data = { capRhoPico: 10n };
  await database.prisma.account.update({ where: { id: node.accountId }, data });
  await spendAt([node], crypto.randomUUID(), 25n);
  await catchUpWith();
  const account = await database.prisma.account.findUniqueOrThrow({ where: { id: node.accountId } });
  expect(account).toMatchObject({ spentRhoPico: 10n, state: 'frozen' });
  const alert = await database.prisma.alert.findFirst({ where: { subjectId: node.accountId } });
  expect(alert).toMatchObject({ severity: 'critical', code: 'charge_over_cap', facts: { rhoPico: '15' } });
  // What comes later finds it frozen.
  await spendAt([node], crypto.randomUUID(), 3n);
  await catchUpWith();
  const leaves = await leavesOn(node.accountId);
  const frozen = leaves.filter(({ type }) => type === 'account.frozen');
  expect(frozen).toMatchObject([{ accountId: node.accountId, cause: 'receipts' }]);
  const tally = new LedgerTally();
  for (const leaf of leaves) tally.add(leaf);
  expect(tally.accounts.get(node.accountId)).toMatchObject({ spent: 10n, state: 'frozen' });
});

test('a charge of a dataset without an account is a critical alert', async () => {
  await database.prisma.account.delete({ where: { id: node.accountId } });
  await spendAt([node], crypto.randomUUID(), 25n);
  expect(await catchUpWith()).toMatchObject({ added: 1, adjustedRequests: 0 });
  const alert = await database.prisma.alert.findFirst({ where: { subjectId: node.datasetId } });
  expect(alert).toMatchObject({ severity: 'critical', code: 'charge_without_account' });
});

test.each<[string, (all: SignedReceipt[]) => SignedReceipt[]]>([
  ['hides a receipt', (all) => all.slice(1)],
  ['shows nothing', () => []],
  [
    'signs with another key',
    (all) =>
      signReceipts(
        all.map(({ receipt }) => receipt),
        generateKeyPairSync('ed25519').privateKey,
      ),
  ],
  [
    'makes one cheaper',
    (all) =>
      signReceipts(
        all.map(({ receipt }) => ({ ...receipt, rhoPico: '1' })),
        node.identity,
      ),
  ],
])('a node that %s is found out, and nothing of it is kept', async (_what, lie) => {
  for (let i = 0; i < 2; i++) await ask({ lost: true });
  const page = async (after: number) => lie(await node.log.receiptsAfter(after, PAGE));
  await expect(catchUpWith(page)).rejects.toThrow(ReceiptGapError);
  expect(await held()).toEqual([]);
});

test('a node that signed two receipts with one number is found out', async () => {
  await ask({ lost: true });
  await ask();
  const [first, second] = await node.log.receiptsAfter(0, 2);
  const twin = { ...second!.receipt, h: 'a'.repeat(64) };
  const page = async () => signReceipts([first!.receipt, twin], node.identity);
  await expect(catchUpWith(page)).rejects.toThrow(/two different receipts with number 2/);
  expect(await held()).toEqual([2]);
});
