import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createDatabase, dropDatabase } from '#lib/db/create-database';
import { createPool, type Pool } from '#lib/db/pool';
import { createPrisma } from '#lib/db/prisma';
import { testDatabaseName } from '#lib/db/testing-databases';
import { findMismatches } from '#lib/ledger/check-sums';
import { periodOf } from '#lib/ledger/period';
import { SHARE_LEDGER_SQL } from '#lib/ledger/reconcile/ledger-lock';
import { type SignedReceipt, signReceipts } from '#lib/nodes/receipt';
import {
  reserveFor,
  type SpendingFederation,
  type SpendingHospital,
  settleFor,
  spendAt,
  spendingHospitals,
} from '../testing/spending-hospitals.ts';

const VOTE = 433_000_000n;
const TOKEN = 54_000_000n;

let folder: string;
let liveUrl: string;
let restoredUrl: string;
let restored: Pool;
let federation: SpendingFederation;
/** What every account had spent when the live database was lost. */
let live: Map<string, bigint>;
/** The same in the backup, with what it had reserved. */
let naive: Map<string, bigint>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-restore-'));
  const template = new URL(inject('templateDatabaseUrl'));
  const url = (name: string) => Object.assign(new URL(template), { pathname: `/${name}` }).href;
  const liveName = testDatabaseName('test');
  liveUrl = url(liveName);
  restoredUrl = url(testDatabaseName('test'));
  await createDatabase(liveUrl, template.pathname.slice(1));
  const prisma = createPrisma(liveUrl);
  federation = await spendingHospitals(prisma, folder, 4, periodOf(new Date()));
  await prisma.ledgerState.create({ data: { federationId: federation.tenant.organisationId } });
  await prisma.$disconnect();

  const yesterday = createPool(liveUrl, 2);
  for (let i = 0; i < 5; i++) await askVote(yesterday);
  const open = await beginAnswer(yesterday);
  await yesterday.end();
  await createDatabase(restoredUrl, liveName);

  const today = createPool(liveUrl, 2);
  await finishAnswer(today, open);
  for (let i = 0; i < 8; i++) await askVote(today);
  for (let i = 0; i < 3; i++) await askVote(today, { lost: true });
  for (let i = 0; i < 2; i++) await finishAnswer(today, await beginAnswer(today));
  await failAnswer(today);
  live = await spentOf(today);
  await today.end();

  restored = createPool(restoredUrl, 3);
  naive = await spentOf(restored);
});
afterAll(async () => {
  await restored?.end();
  for (const url of [liveUrl, restoredUrl]) if (url) await dropDatabase(url);
  for (const { log } of federation?.hospitals ?? []) await log.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Hospitals 1 to 3 vote; an answer needs 2 to 4. */
const voters = () => federation.hospitals.slice(0, 3);
const writers = () => federation.hospitals.slice(1);

async function askVote(pool: Pool, { lost = false } = {}): Promise<void> {
  const id = await reserveFor(pool, federation, voters(), VOTE);
  const receipts = await spendAt(voters(), id, VOTE);
  // A reply that never came: every hospital spent, the ledger has two receipts of three.
  if (lost) await settleFor(pool, id, 'failed', receipts.slice(0, 2));
  else await settleFor(pool, id, 'answered', receipts);
}

type Answer = { id: string; receipts: SignedReceipt[] };
async function beginAnswer(pool: Pool): Promise<Answer> {
  const id = await reserveFor(pool, federation, writers(), 4n * TOKEN);
  return { id, receipts: await spendAt(writers(), id, TOKEN) };
}
/** Two tokens of four: the rest is given back. */
async function finishAnswer(pool: Pool, { id, receipts }: Answer): Promise<void> {
  receipts.push(...(await spendAt(writers(), id, TOKEN)));
  await settleFor(pool, id, 'answered', receipts, 2n * TOKEN);
}
/** Failed after a token: charged for all four, of which receipts prove one. */
async function failAnswer(pool: Pool): Promise<void> {
  const { id, receipts } = await beginAnswer(pool);
  await settleFor(pool, id, 'failed', receipts);
}

async function spentOf(pool: Pool): Promise<Map<string, bigint>> {
  const { rows } = await pool.query<{ id: string; spent: bigint }>(
    'SELECT id, spent_rho_pico AS spent FROM account',
  );
  return new Map(rows.map(({ id, spent }) => [id, spent]));
}
const epochOf = async () => (await restored.query('SELECT epoch FROM ledger_state')).rows[0].epoch as number;
const leaves = async (type: string) =>
  (await restored.query('SELECT entry FROM audit_leaf WHERE type = $1 ORDER BY created_at', [type])).rows.map(
    ({ entry }) => JSON.parse(entry.toString('utf8')) as Record<string, unknown>,
  );
const logs = () => federation.hospitals.flatMap(({ file }) => ['--spend-log', file]);

/** Not spawnSync: the test server lives in this process's event loop. */
async function fdlr(...args: string[]) {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'main.ts'), 'ledger', 'reconcile', '--database-url', restoredUrl, ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const exit = new Promise<number | null>((done) => child.on('exit', done));
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { stdout, stderr, status };
}
const released = ({ log }: SpendingHospital) => log.totalRhoPico;

describe('restore to yesterday', () => {
  test('the backup alone would refund what was let go since', () => {
    for (const hospital of federation.hospitals)
      expect(naive.get(hospital.accountId)!).toBeLessThan(released(hospital));
  });

  test('a forged log, a cut one and a foreign one are refused by name, and nothing is changed', async () => {
    const [first, second] = federation.hospitals as [SpendingHospital, SpendingHospital];
    const lines = readFileSync(first.file, 'utf8').trim().split('\n');
    const receipts = lines.map((line) => (JSON.parse(line) as SignedReceipt).receipt);
    const other = generateKeyPairSync('ed25519').privateKey;
    const forged: [string, string[], RegExp][] = [
      [
        'cheaper.ndjson',
        lines.map((line) => line.replace(String(VOTE), '1')),
        /the sum is wrong|was changed/,
      ],
      ['cut.ndjson', lines.toSpliced(2, 1), /missing, repeated or out of order/],
      [
        'signed-by-another.ndjson',
        signReceipts(receipts, other).map((signed) => JSON.stringify(signed)),
        /is not signed by the identity key pinned/,
      ],
      ['garbled.ndjson', ['}{'], /line 1 .* is not JSON/],
    ];
    for (const [name, content, why] of forged) {
      const file = join(folder, name);
      writeFileSync(file, `${content.join('\n')}\n`);
      const { stderr, status } = await fdlr('--spend-log', file);
      expect([status, stderr]).toEqual([1, expect.stringContaining(name)]);
      expect(stderr).toMatch(why);
    }
    const torn = join(folder, 'torn.ndjson');
    for (const [file, content] of [
      [torn, lines.join('\n')],
      [torn, `${lines.join('\n')}\n{"receipt":`],
    ] as const) {
      writeFileSync(file, content);
      const { stderr, status } = await fdlr('--spend-log', file);
      expect([status, stderr]).toEqual([1, expect.stringMatching(/torn\.ndjson: .* ends within a line/)]);
    }
    const inFolder = await fdlr('--spend-log', folder);
    expect([inFolder.status, inFolder.stderr]).toEqual([1, expect.stringMatching(/it is a folder/)]);
    const twice = await fdlr('--spend-log', second.file, '--spend-log', second.file);
    expect([twice.status, twice.stderr]).toEqual([1, expect.stringContaining('give one of the two')]);
    expect(await epochOf()).toBe(1);
    expect(await spentOf(restored)).toEqual(naive);
  });

  test('it does not run beside a router, but looks', async () => {
    const router = await restored.connect();
    await router.query(SHARE_LEDGER_SQL);
    const refused = await fdlr(...logs());
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringMatching(/Stop every router first/)]);
    const { stdout, status } = await fdlr('--dry-run', '--json', ...logs());
    router.release(true);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ whole: true, dry_run: true, reservations_charged: 1 });
    expect([await epochOf(), await spentOf(restored)]).toEqual([1, naive]);
  });

  test('receipts make every dataset bear at least what was let go, exactly where they tell all', async () => {
    const { stdout, stderr, status } = await fdlr('--json', ...logs());
    expect([stderr, status]).toEqual(['', 0]);
    expect(JSON.parse(stdout)).toMatchObject({
      whole: true,
      epoch: { from: 1, to: 2 },
      reservations_charged: 1,
      // Fourteen are lost: 8 votes answered, 3 failed, 2 answers, 1 failed answer.
      requests_charged: 14,
      requests_unknown: 14,
      over_cap: [],
      without_account: [],
      frozen: [],
    });
    const now = await spentOf(restored);
    const [first, ...others] = federation.hospitals as [SpendingHospital, ...SpendingHospital[]];
    expect(now.get(first.accountId)).toBe(live.get(first.accountId));
    expect(now.get(first.accountId)).toBe(released(first));
    for (const hospital of others) {
      expect(now.get(hospital.accountId)!).toBeGreaterThanOrEqual(released(hospital));
      // The request that was open in the backup is charged in full: two tokens more than were drawn.
      expect(now.get(hospital.accountId)).toBe(released(hospital) + 2n * TOKEN);
    }
    expect(await findMismatches(restored)).toEqual([]);
    expect(await leaves('ledger.restored')).toMatchObject([{ epoch: 2, frozen: [] }]);
    expect(await leaves('ledger.adjust')).toHaveLength(14);
  });

  test('a second run changes nothing but the epoch', async () => {
    const before = await spentOf(restored);
    const { stdout, status } = await fdlr(...logs());
    expect([status, stdout]).toEqual([0, expect.stringContaining('Epoch 2 -> 3. Receipts added: 0.')]);
    expect(stdout).toMatch(/cut after its last line cannot be seen in it/);
    expect(await spentOf(restored)).toEqual(before);
    expect(await leaves('ledger.adjust')).toHaveLength(14);
    expect(await leaves('ledger.restored')).toHaveLength(2);
  });

  test('a gap freezes the datasets of its node and raises an alert', async () => {
    const [gappy, whole] = federation.hospitals as [SpendingHospital, SpendingHospital];
    await restored.query('DELETE FROM node_receipt WHERE node_id = $1 AND seq = 3', [gappy.nodeId]);
    const { stdout, status } = await fdlr('--json', '--spend-log', whole.file);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ whole: false, frozen: [gappy.accountId] });
    const frozen = await restored.query(`SELECT id FROM account WHERE state = 'frozen'`);
    expect(frozen.rows).toEqual([{ id: gappy.accountId }]);
    const alerts = await restored.query('SELECT code, severity, subject_id, facts FROM alert');
    expect(alerts.rows).toEqual([
      { code: 'receipt_gap', severity: 'critical', subject_id: gappy.nodeId, facts: { seq: 3 } },
    ]);
  });
});
