import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isGaussianVoteUseful } from '#lib/privacy/usefulness/gaussian-vote-usefulness';
import { type Balances, balances, spentBetween } from '../testing/balances.ts';
import { startTestFederation, type TestFederation } from '../testing/federation.ts';
import { noisyVoteRhoPico } from '../testing/prices.ts';
import { HEART_LABELS, post, vote } from '../testing/questions.ts';

/** Hospitals that ask more of rounds than the federation does: what can be known to fail is asked of nobody. */
let federation: TestFederation;
let before: Balances;
beforeAll(async () => {
  federation = await startTestFederation();
});
afterAll(() => federation?.stop());
beforeEach(async () => {
  before = await balances(federation.database.pool);
});

const SHARDS = 64;
const EPSILON = 1;
const spent = async () => spentBetween(before, await balances(federation.database.pool));
const datasets = (changes: Record<string, bigint>) =>
  Object.keys(changes).filter((account) => account.startsWith('dataset/'));
const ask = (privacy: Record<string, unknown>) =>
  post(federation, '/chat/completions', vote({ privacy }), { 'idempotency-key': crypto.randomUUID() });
const quote = async (privacy: Record<string, unknown>) =>
  (await post(federation, '/privacy/quote', vote({ privacy }))).body;

async function restartWith(i: number, conditions: object): Promise<{ spendLog: string }> {
  const { name, configFile } = federation.seeded.nodes[i]!;
  const own = JSON.parse(readFileSync(configFile, 'utf8'));
  writeFileSync(configFile, JSON.stringify({ ...own, ...conditions }));
  await federation.nodes.get(name)!.stop();
  await federation.restartNodes([name]);
  // Whoever was started a moment ago agrees on its keys first.
  await expect
    .poll(() => quote({ epsilon: EPSILON, mode: 'exact' }))
    .toMatchObject({ cohort: 'chosen', useful: true });
  return { spendLog: `${own.dataDir}/spend-log.ndjson` };
}

/** The smallest epsilon of three decimals at which four hospitals make the usual vote useful and three do not. */
function epsilonForFour(): number {
  const isUsefulAt = (nodes: number, epsilon: number) =>
    isGaussianVoteUseful({
      labelCount: HEART_LABELS.length,
      shards: nodes * SHARDS,
      epsilon,
      delta: 1e-5,
      nodes,
      maxCollude: 1,
      maxDropouts: 0,
    });
  for (let thousandths = 10; thousandths < 1000; thousandths += 1) {
    const epsilon = thousandths / 1000;
    if (isUsefulAt(4, epsilon) && !isUsefulAt(3, epsilon)) return epsilon;
  }
  throw new Error('no epsilon needs four hospitals');
}

test('without the one that wants more noise the others answer, and its records pay for nothing', async () => {
  const { spendLog } = await restartWith(0, { minSigmaLocal: 100_000 });
  const size = () => statSync(spendLog).size;
  const sizeBefore = size();
  // Most of a budget left makes it the first to be asked from the second question on.
  for (let i = 0; i < 3; i++) {
    const { status, body } = await ask({ epsilon: EPSILON });
    expect([status, body.privacy?.nodes, body.privacy?.mode]).toEqual([200, 3, 'gaussian']);
  }
  const changes = await spent();
  expect(datasets(changes)).toHaveLength(3);
  expect(new Set(Object.values(changes))).toEqual(new Set([3n * noisyVoteRhoPico(EPSILON)]));
  expect(size()).toBe(sizeBefore);
});

test('where it is needed, nobody is asked and nothing is charged', async () => {
  const epsilon = epsilonForFour();
  expect(await quote({ epsilon })).toMatchObject({ cohort: 'not_useful', useful: false, nodes: 3 });
  const { status, body } = await ask({ epsilon });
  expect([status, body.error?.code, body.error?.charged]).toEqual([422, 'epsilon_not_useful', false]);
  expect(body.error?.message).toContain('1 more hospital is kept out by conditions of their own.');
  expect(await spent()).toEqual({});
});

test('with too few left it says so before anything is charged; what the conditions are not about goes on', async () => {
  await restartWith(1, { minCollude: 2 });
  expect(await quote({ epsilon: EPSILON })).toMatchObject({ cohort: 'conditions_unmet', useful: false });
  const { status, body } = await ask({ epsilon: EPSILON });
  expect(status).toBe(403);
  expect(body.error).toMatchObject({ code: 'conditions_unmet', willing: 2, required: 3, charged: false });
  expect(await spent()).toEqual({});
  const { rows } = await federation.database.pool.query(
    `SELECT state, charged_rho_pico AS charged FROM request WHERE error_code = 'conditions_unmet'`,
  );
  expect(rows).toEqual([{ state: 'refused', charged: 0n }]);
  // No hospital adds noise of its own to these, and so none asks for any.
  const exact = await ask({ epsilon: EPSILON, mode: 'exact' });
  expect([exact.status, exact.body.privacy?.mode]).toEqual([200, 'exact']);
});

test('nobody has refused a round', async () => {
  const { rows } = await federation.database.pool.query(
    "SELECT 1 FROM audit_leaf WHERE type = 'node.refused_round'",
  );
  expect(rows).toEqual([]);
});
