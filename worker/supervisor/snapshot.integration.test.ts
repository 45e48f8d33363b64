import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openCheckpoint, verifierKey } from '#lib/audit-log/checkpoint';
import { inclusionProof } from '#lib/audit-log/inclusion-proof';
import { loadOrCreateEd25519 } from '#lib/crypto/key-files';
import { createDatabase, dropDatabase } from '#lib/db/create-database';
import { createPool, type Pool } from '#lib/db/pool';
import { testDatabaseName } from '#lib/db/testing-databases';
import { findMismatches } from '#lib/ledger/check-sums';
import { demo } from '../../prisma/seed/scenarios/demo.ts';
import { seedScenario } from '../../prisma/seed/seed-scenario.ts';
import { finishReset } from './reset.ts';
import { takeSnapshot } from './snapshot.ts';
import { describeSnapshot, findSnapshot, keepRecord, type Snapshot } from './snapshot-record.ts';

const SMALL = { ...demo, name: 'small', patientsPerHospital: 20, historyRequests: 120 };
const root = mkdtempSync(join(tmpdir(), 'fdlr-snapshot-'));
let databaseUrl: string;
let snapshot: Snapshot;
const said: string[] = [];
const log = (line: string) => said.push(line);
const seed = () => seedScenario(SMALL, { databaseUrl, dataDir: root, channelPort: 1, log: () => {} });
const reset = () => finishReset(databaseUrl, root, snapshot, log);
const federation = () => JSON.parse(readFileSync(join(root, 'federation.json'), 'utf8'));

async function query<T>(work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = createPool(databaseUrl, 1);
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}
const rows = (sql: string) => query(async (pool) => (await pool.query(sql)).rows);
const LEDGER = `SELECT (SELECT count(*) FROM request) AS requests, (SELECT count(*) FROM ledger_entry) AS entries,
  (SELECT sum(spent_rho_pico) FROM account) AS spent, (SELECT count(*) FROM audit_leaf) AS leaves`;

beforeAll(async () => {
  const own = new URL(inject('templateDatabaseUrl'));
  const template = own.pathname.slice(1);
  own.pathname = `/${testDatabaseName('test')}`;
  databaseUrl = own.href;
  await createDatabase(databaseUrl, template);
  expect((await seed()).isNew).toBe(true);
  await takeSnapshot(databaseUrl, root);
  const found = findSnapshot(root);
  if (!('snapshot' in found)) throw new Error(found.missing);
  snapshot = found.snapshot;
});
afterAll(async () => {
  const copy = new URL(databaseUrl);
  copy.pathname = `/${snapshot.database}`;
  for (const url of [databaseUrl, copy.href]) await dropDatabase(url);
  rmSync(root, { recursive: true });
});

test('a reset undoes what happened since, twice if need be, and keeps passwords, keys and records', async () => {
  const before = { ledger: await rows(LEDGER), file: federation() };
  const spendLog = join(root, 'hospitals', 'harbour', 'node', 'spend-log.ndjson');
  for (let round = 0; round < 2; round++) {
    await rows(`UPDATE account SET spent_rho_pico = spent_rho_pico + 1 WHERE kind = 'user'`);
    await rows(`DELETE FROM ledger_entry`);
    await rows(`UPDATE node SET identity_key = '\\x01'`);
    mkdirSync(join(spendLog, '..'), { recursive: true });
    writeFileSync(spendLog, 'receipts of a ledger that is gone');
    await reset();
    expect(await rows(LEDGER)).toEqual(before.ledger);
    expect(await rows('SELECT count(identity_key) AS pinned FROM node')).toEqual([{ pinned: 0n }]);
    expect(existsSync(spendLog)).toBe(false);
    expect(existsSync(join(root, 'hospitals', 'harbour', 'records', 'Patient.ndjson'))).toBe(true);
    expect(await query(findMismatches)).toEqual([]);
  }
  const { passwords, apiKey } = federation();
  expect({ passwords, apiKey }).toEqual({ passwords: before.file.passwords, apiKey: before.file.apiKey });
  expect((await seed()).isNew).toBe(false);
});

test('it is a federation of its own afterwards, whose log proves its leaves under its own name', async () => {
  const former = federation().federationId;
  await reset();
  const { federationId } = federation();
  expect(federationId).not.toBe(former);
  expect(await rows('SELECT federation_id FROM ledger_state')).toEqual([{ federation_id: federationId }]);
  const [leaf] = await rows('SELECT leaf_hash FROM audit_leaf LIMIT 1');
  const found = await query((pool) => inclusionProof(pool, leaf.leaf_hash));
  if (found.status !== 'found') throw new Error(found.status);
  const key = loadOrCreateEd25519(join(root, 'keys', 'router', 'audit-log.pem'));
  const head = openCheckpoint(found.proof.checkpoint, verifierKey(`fdlr/${federationId}`, key));
  expect(head.root.toString('hex')).toBe(found.proof.rootHash);
  expect(() => openCheckpoint(found.proof.checkpoint, verifierKey(`fdlr/${former}`, key))).toThrow();
});

test('without its copy it leaves an empty database, which is seeded in full', async () => {
  const copy = new URL(databaseUrl);
  copy.pathname = `/${snapshot.database}`;
  await dropDatabase(copy.href);
  const { federationId } = federation();
  await reset();
  expect(said.at(-1)).toContain('is no longer there: the ledger is seeded in full');
  expect(federation().federationId).not.toBe(federationId);
  expect(await rows(`SELECT to_regclass('request') AS request`)).toEqual([{ request: null }]);
});

test('a snapshot of another year, of other sources, or damaged is none', () => {
  const nextYear = new Date(Date.UTC(Number(snapshot.period) + 1, 0, 1));
  expect(findSnapshot(root, nextYear)).toEqual({
    missing: `the snapshot is of ${snapshot.period}, and budgets run per year`,
  });
  keepRecord(root, { ...describeSnapshot(), key: 'other' });
  expect(findSnapshot(root)).toEqual({ missing: expect.stringContaining('has changed since') });
  writeFileSync(join(root, 'snapshot.json'), '{');
  expect(findSnapshot(root)).toEqual({ missing: 'snapshot.json is damaged' });
  rmSync(join(root, 'snapshot.json'));
  expect(findSnapshot(root)).toEqual({ missing: 'no snapshot of a seeding was kept' });
});
