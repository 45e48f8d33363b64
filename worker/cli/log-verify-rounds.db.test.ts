import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { compareRounds } from '#lib/audit-log/verify/compare-rounds';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { transaction } from '#lib/db/transaction';
import { insertReceipts } from '#lib/ledger/insert-receipts';
import { periodOf } from '#lib/ledger/period';
import type { SignedReceipt } from '#lib/nodes/receipt';
import {
  reserveFor,
  type SpendingFederation,
  settleFor,
  spendAt,
  spendingHospitals,
} from '../testing/spending-hospitals.ts';

const RHO = 1_000n;
let folder: string;
let database: TestDatabase;
let federation: SpendingFederation;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-rounds-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(async () => {
  database = await testDatabase();
  federation = await spendingHospitals(database.prisma, folder, 3, periodOf(new Date()));
  return async () => {
    for (const { log } of federation.hospitals) await log.close();
    await database.close();
  };
});

const ask = (mechanism = 'vote') => {
  const cohort = federation.hospitals.map(({ nodeId }) => nodeId).sort();
  return reserveFor(database.pool, federation, federation.hospitals, RHO, {
    mechanism,
    parameters: { masking: 'all-or-nothing', cohort },
  });
};
/** A round of these hospitals, by their numbers. */
const shown = (requestId: string, ...members: number[]) =>
  spendAt(
    members.map((i) => federation.hospitals[i]!),
    requestId,
    RHO,
  );
const all = (requestId: string) => shown(requestId, 0, 1, 2);
const findings = () => transaction(database.pool, compareRounds);
const attacks = async () => (await findings()).map(({ attack }) => attack);
const hashOf = ({ receipt }: SignedReceipt) => receipt.h.slice(0, 16);
const keep = (receipts: readonly SignedReceipt[]) =>
  transaction(database.pool, (client) => insertReceipts(client, receipts));

test('honest rounds are nothing to tell of: answered, failed, given up, and a history that nobody signed', async () => {
  const answered = await ask();
  await settleFor(database.pool, answered, 'answered', await all(answered));
  const failed = await ask();
  await settleFor(database.pool, failed, 'failed', await shown(failed, 0, 2));
  await settleFor(database.pool, await ask(), 'failed', []);
  await settleFor(database.pool, await ask(), 'answered', []);
  const text = await ask('short-answer');
  const tokens = [...(await all(text)), ...(await all(text)), ...(await shown(text, 1))];
  await settleFor(database.pool, text, 'failed', tokens);
  await ask();
  expect(await findings()).toEqual([]);
});

test('a cohort that was shown two headers is named, with who signed which', async () => {
  const requestId = await ask();
  const one = await shown(requestId, 0);
  const others = await shown(requestId, 1, 2);
  await settleFor(database.pool, requestId, 'answered', [...one, ...others]);
  const [found, ...more] = await findings();
  expect(more).toEqual([]);
  expect(found).toMatchObject({ attack: 'split_rounds' });
  expect(found!.detail).toContain(`request ${requestId}`);
  expect(found!.detail).toContain(`Hospital 1 signed ${hashOf(one[0]!)}`);
  expect(found!.detail).toMatch(new RegExp(`Hospital [23], Hospital [23] signed ${hashOf(others[0]!)}`));
  expect(found!.detail).not.toContain('keys that are pinned');
});

describe('an answer that broke off', () => {
  test('is no proof while the ledger lacks receipts, and one when it has them all', async () => {
    const requestId = await ask('short-answer');
    const first = await all(requestId);
    const second = await shown(requestId, 0);
    const third = await shown(requestId, 1, 2);
    // As after a crash: of the second hospital's receipts the last alone has come.
    await settleFor(database.pool, requestId, 'failed', [first[0]!, second[0]!, third[0]!]);
    expect(await findings()).toEqual([]);
    await keep([first[1]!]);
    const [found] = await findings();
    expect(found!.detail).toContain(`Hospital 1 signed ${hashOf(second[0]!)}`);
    expect(found!.detail).toContain(`Hospital 2 signed ${hashOf(third[0]!)}`);
  });
});

describe('receipts in the database', () => {
  test('that are taken away or changed are named, whoever made the rest fit', async () => {
    const requestId = await ask();
    const receipts = await all(requestId);
    await settleFor(database.pool, requestId, 'answered', receipts);
    const [{ receipt }] = receipts as [SignedReceipt];
    const where = 'WHERE node_id = $1 AND seq = $2';
    const which = [receipt.nodeId, receipt.seq];
    await database.pool.query(`UPDATE node_receipt SET rho_pico = rho_pico - 1 ${where}`, which);
    expect(await attacks()).toEqual(['receipts_differ']);
    await database.pool.query(`UPDATE node_receipt SET header_hash = sha256('x') ${where}`, which);
    expect(await attacks()).toEqual(['receipts_differ', 'split_rounds']);
    expect((await findings())[1]!.detail).toContain('(1 of these not under the keys that are pinned now)');
    await database.pool.query(`DELETE FROM node_receipt ${where}`, which);
    expect(await attacks()).toEqual(['receipts_differ', 'split_rounds']);
  });

  test('of a hospital that was not to be asked are named', async () => {
    const { hospitals } = federation;
    const two = { masking: 'all-or-nothing', cohort: hospitals.slice(0, 2).map(({ nodeId }) => nodeId) };
    const requestId = await reserveFor(database.pool, federation, hospitals, RHO, { parameters: two });
    await settleFor(database.pool, requestId, 'answered', await all(requestId));
    expect((await findings()).map(({ detail }) => detail)).toEqual([
      `Request ${requestId}: Hospital 3 was not to be asked, and signed a round.`,
    ]);
  });
});
