import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inclusionProof } from '#lib/audit-log/inclusion-proof';
import { keyInMemory } from '#lib/crypto/key-custody';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { findMismatches } from '#lib/ledger/check-sums';
import { demo } from '../scenarios/demo.ts';
import { forgetUnfinishedHistory } from './forget-unfinished.ts';
import { planHistory } from './plan-history.ts';
import { writeHistory } from './write-history.ts';
import { HISTORY_REPLICA } from './write-request.ts';

const SMALL = { ...demo, historyRequests: 300 };
const UNTIL = new Date('2026-11-23T00:00:00Z');
const pseudonym = randomUUID();
let db: TestDatabase;
const lines: string[] = [];

const write = () =>
  writeHistory(SMALL, {
    databaseUrl: db.url,
    until: UNTIL,
    pseudonymOf: () => pseudonym,
    signer: { origin: 'fdlr/test', key: keyInMemory(generateKeyPairSync('ed25519').privateKey) },
    log: (line) => lines.push(line),
  });
beforeAll(async () => {
  db = await testDatabase();
  await write();
});
afterAll(() => db?.close());

const rows = async (sql: string) => (await db.pool.query(sql)).rows;

test('the ledger holds every request as it was planned', async () => {
  const planned = planHistory(SMALL, UNTIL);
  const kept = await rows('SELECT id, created_at, state::text, error_code FROM request ORDER BY created_at');
  expect(kept.map(({ created_at }) => created_at)).toEqual(planned.map(({ at }) => at));
  expect(kept.map(({ error_code }) => error_code)).toEqual(
    planned.map(({ ending }) => ('code' in ending ? ending.code : null)),
  );
  // Refused ones take an id of their own, as they do in life.
  const ids = new Set(kept.map(({ id }) => id));
  for (const { id, ending } of planned) expect(ids.has(id)).toBe(ending.kind !== 'refused');
  expect(new Set(kept.map(({ state }) => state))).toEqual(new Set(['answered', 'failed', 'refused']));
  expect(lines.at(-1)).toBe('Demo history: 300 of 300 requests');
});

test('balances are the sum of entries and of leaves, and within their caps', async () => {
  expect(await findMismatches(db.pool)).toEqual([]);
  expect(await rows('SELECT name FROM account WHERE spent_rho_pico > cap_rho_pico')).toEqual([]);
  expect(await rows('SELECT name FROM account WHERE reserved_rho_pico <> 0')).toEqual([]);
  const leaves = await db.pool.query<{ entry: Buffer }>(
    `SELECT entry FROM audit_leaf WHERE type = 'ledger.settle'`,
  );
  const bySettling = new Map<string, bigint>();
  for (const { entry } of leaves.rows)
    for (const { accountId, rhoPico } of JSON.parse(entry.toString()).accounts)
      bySettling.set(accountId, (bySettling.get(accountId) ?? 0n) + BigInt(rhoPico));
  for (const { id, spent } of await rows('SELECT id, spent_rho_pico AS spent FROM account'))
    expect(bySettling.get(id) ?? 0n).toBe(spent);
  expect(bySettling.size).toBeGreaterThan(20);
});

test('every leaf has its place in the log, in the order of time, and can be proved', async () => {
  const leaves = await rows('SELECT leaf_hash, index, created_at FROM audit_leaf ORDER BY created_at, id');
  expect(leaves.map(({ index }) => index)).toEqual(leaves.map((_, i) => BigInt(i)));
  const proof = await inclusionProof(db.pool, leaves[100].leaf_hash);
  expect(proof).toMatchObject({ status: 'found', proof: { treeSize: String(leaves.length) } });
});

test('it says that nothing in it was measured', async () => {
  expect(
    await rows(`SELECT DISTINCT replica, stages_ms, answer_ciphertext, (SELECT count(*) FROM node_receipt) AS receipts
      FROM request`),
  ).toEqual([{ replica: HISTORY_REPLICA, stages_ms: {}, answer_ciphertext: null, receipts: 0n }]);
});

test('what an interrupted seeding left does not stand in the way of the next', async () => {
  await forgetUnfinishedHistory(db.pool);
  await write();
  expect(await findMismatches(db.pool)).toEqual([]);
  expect(await rows('SELECT count(*)::int AS count FROM request')).toEqual([{ count: 300 }]);
});
