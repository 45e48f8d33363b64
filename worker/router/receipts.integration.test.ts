import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { balances, spentBetween } from '../testing/balances.ts';
import { startTestFederation, type TestFederation } from '../testing/federation.ts';
import { VOTE_RHO_PICO } from '../testing/prices.ts';
import { type Posted, post, vote } from '../testing/questions.ts';

const RHO = VOTE_RHO_PICO;
/** Long enough to kill a node between its sync and its reply. */
const SLOW_TICK_MS = 8_000;

let federation: TestFederation;
beforeAll(async () => {
  federation = await startTestFederation();
});
afterAll(() => federation?.stop());

const ask = (key: string) =>
  post(federation, '/chat/completions', vote(), { 'idempotency-key': key }).catch((error: Error) => error);
const rows = async <T extends object>(sql: string, values: unknown[] = []) =>
  (await federation.database.pool.query<T>(sql, values)).rows;

type Hospital = { name: string; id: string; configFile: string };
const spendLogOf = ({ configFile }: Hospital) =>
  join((JSON.parse(readFileSync(configFile, 'utf8')) as { dataDir: string }).dataDir, 'spend-log.ndjson');
const lines = (hospital: Hospital) => readFileSync(spendLogOf(hospital), 'utf8').split('\n').filter(Boolean);
async function stop(names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => federation.nodes.get(name)!.stop()));
}
const names = () => [...federation.nodes.keys()];

/** Starts every node anew with this tick; without one, as it is in the product. */
async function tickEvery(tickMs?: number): Promise<void> {
  for (const { configFile } of federation.seeded.nodes) {
    const config = JSON.parse(readFileSync(configFile, 'utf8')) as object;
    writeFileSync(configFile, JSON.stringify({ ...config, tickMs }));
  }
  await stop(names());
  await federation.restartNodes(names());
}

test('a node killed between its sync and its reply: charged in full, and its receipt comes when it is back', async () => {
  await tickEvery(SLOW_TICK_MS);
  const before = await balances(federation.database.pool);
  const had = new Map(federation.seeded.nodes.map((hospital) => [hospital.name, lines(hospital).length]));

  const asked = ask('killed-after-sync');
  const spenders = () =>
    federation.seeded.nodes.filter((hospital) => lines(hospital).length > had.get(hospital.name)!);
  await expect.poll(() => spenders().length).toBeGreaterThanOrEqual(3);
  const [victim] = spenders();
  federation.nodes.get(victim!.name)!.kill();
  const outcome = (await asked) as Posted;
  expect([outcome.status, outcome.body.error?.code, outcome.body.error?.charged]).toEqual([
    503,
    'round_failed',
    true,
  ]);
  const changes = spentBetween(before, await balances(federation.database.pool));
  expect(changes['user/Demo clinician']).toBe(RHO);
  expect(Object.keys(changes).filter((key) => key.startsWith('dataset/'))).toHaveLength(3);

  await federation.restartNodes([victim!.name]);
  const requestId = outcome.body.error!.requestId as string;
  // The two that lived replied too late for the round, the third when it came back.
  await expect
    .poll(() => rows('SELECT 1 FROM node_receipt WHERE request_id = $1', [requestId]))
    .toHaveLength(3);
  expect(spentBetween(before, await balances(federation.database.pool))).toEqual(changes);
  await tickEvery();
});

test('after a restore, nodes that connect bring back what the backup did not have, before they are asked', async () => {
  const before = await balances(federation.database.pool);
  const since = new Date();
  expect(((await ask('lost')) as Posted).status).toBe(200);
  const changes = spentBetween(before, await balances(federation.database.pool));
  await federation.router.stop();
  const { pool } = federation.database;
  await pool.query(
    `UPDATE account SET spent_rho_pico = spent_rho_pico - lost.rho FROM
    (SELECT account_id, sum(spent_delta_pico) AS rho FROM ledger_entry WHERE created_at >= $1 GROUP BY 1) lost
    WHERE account.id = lost.account_id`,
    [since],
  );
  for (const table of ['ledger_entry', 'request', 'node_receipt'])
    await pool.query(`DELETE FROM ${table} WHERE created_at >= $1`, [since]);
  expect(spentBetween(before, await balances(pool))).toEqual({});

  await federation.restartRouter();
  const datasets = Object.fromEntries(Object.entries(changes).filter(([key]) => key.startsWith('dataset/')));
  expect(Object.keys(datasets)).toHaveLength(3);
  // Who asked is lost; what the hospitals let go is not.
  await expect.poll(async () => spentBetween(before, await balances(pool))).toEqual(datasets);
  expect(((await ask('after-restore')) as Posted).status).toBe(200);
});

test('a node that has lost receipts is not let in, and a critical alert says so', async () => {
  const hospital = federation.seeded.nodes.find((one) => lines(one).length > 1)!;
  await stop([hospital.name]);
  const whole = readFileSync(spendLogOf(hospital), 'utf8');
  writeFileSync(spendLogOf(hospital), `${lines(hospital).slice(0, -1).join('\n')}\n`);
  await expect(
    Promise.race([
      federation.restartNodes([hospital.name]),
      expect
        .poll(() =>
          rows('SELECT severity::text, code, facts FROM alert WHERE subject_id = $1', [hospital.id]),
        )
        .toEqual([
          {
            severity: 'critical',
            code: 'receipt_gap',
            facts: { seq: whole.split('\n').filter(Boolean).length },
          },
        ])
        .then(() => 'raised'),
    ]),
  ).resolves.toBe('raised');
  await stop([hospital.name]);
  writeFileSync(spendLogOf(hospital), whole);
  await federation.restartNodes([hospital.name]);
  // What it shows is whole again, and follows from what the ledger holds.
  await expect
    .poll(() => rows('SELECT 1 FROM alert WHERE subject_id = $1 AND cleared_at IS NULL', [hospital.id]))
    .toEqual([]);
});
