import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { protectionOf } from '#lib/planner/protection';
import { mostDropouts } from '#lib/secure-aggregation/masking-choice';
import { type Balances, balances, spentBetween } from '../testing/balances.ts';
import { startTestFederation, type TestFederation } from '../testing/federation.ts';
import { epsilonForNine, NINE } from '../testing/nine-hospitals.ts';
import { noisyVoteRhoPico } from '../testing/prices.ts';
import { HEART_LABELS, type Posted, post, vote } from '../testing/questions.ts';
import { roundFindings } from '../testing/round-findings.ts';

/** What is expected of a node before probes tell: with shaky ones, nine are worth two round trips more. */
const [STEADY, SHAKY] = [0.999, 0.9];
const USER = 'user/Demo clinician';

let federation: TestFederation;
let before: Balances;
beforeAll(async () => {
  vi.stubEnv('FEDERATED_NODE_AVAILABILITY', String(STEADY));
  federation = await startTestFederation(NINE);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await federation?.stop();
});
beforeEach(async () => {
  before = await balances(federation.database.pool);
});

const names = () => [...federation.nodes.keys()];
const spent = async () => spentBetween(before, await balances(federation.database.pool));
const ask = (privacy: Record<string, unknown>) =>
  post(federation, '/chat/completions', vote({ privacy }), { 'idempotency-key': crypto.randomUUID() });
const labelOf = ({ body }: Posted) => JSON.parse(body.choices![0]!.message.content!);
const spendLog = (name: string) => {
  const { configFile } = federation.seeded.nodes.find((node) => node.name === name)!;
  return `${JSON.parse(readFileSync(configFile, 'utf8')).dataDir}/spend-log.ndjson`;
};
const bytesSpent = (name: string) => statSync(spendLog(name)).size;

/** Freezes two hospitals and asks. Resolves when every other one has spent: a round is under way. */
async function askWithTwoFrozen(privacy: Record<string, unknown>) {
  // Whoever was started a moment ago agrees on its keys first.
  const quoted = () => post(federation, '/privacy/quote', vote({ privacy }));
  await expect.poll(async () => (await quoted()).body).toMatchObject({ nodes: 9, useful: true });
  const frozen = names().slice(0, 2);
  const others = names().slice(2);
  const sizes = new Map(others.map((name) => [name, bytesSpent(name)]));
  for (const name of frozen) process.kill(federation.nodes.get(name)!.pid, 'SIGSTOP');
  const asked = ask(privacy);
  await expect.poll(() => others.every((name) => bytesSpent(name) > sizes.get(name)!)).toBe(true);
  return { asked, frozen };
}

async function askAndKillTwo(privacy: Record<string, unknown>): Promise<{ reply: Posted; killed: string[] }> {
  const { asked, frozen } = await askWithTwoFrozen(privacy);
  for (const name of frozen) federation.nodes.get(name)!.kill();
  return { reply: await asked, killed: frozen };
}

describe('all or nothing', () => {
  const epsilon = epsilonForNine(() => 0);

  test('nine hospitals add their own noise, and the router gets a sum that fits', async () => {
    const reply = await ask({ epsilon });
    expect(reply.status).toBe(200);
    expect(HEART_LABELS).toContain(labelOf(reply));
    expect(reply.body.privacy).toMatchObject({
      mode: 'gaussian',
      masking: 'all-or-nothing',
      maxCollude: 1,
      nodes: 9,
      shards: 144,
    });
    const changes = await spent();
    expect(Object.keys(changes).filter((key) => key.startsWith('dataset/'))).toHaveLength(9);
    expect(new Set(Object.values(changes))).toEqual(new Set([noisyVoteRhoPico(epsilon, 4, 8)]));
  });

  test('an exact vote of masked counts finds what the records speak for', async () => {
    // Three hospitals are enough for it, and one draw of theirs in some hundreds is another label.
    const labels = [];
    for (let i = 0; i < 3; i++) {
      const reply = await ask({ epsilon: 1, mode: 'exact' });
      expect(reply.body.privacy).toMatchObject({ mode: 'exact', maxCollude: null });
      labels.push(labelOf(reply));
    }
    expect(labels.filter((label) => label === 'Acute myocardial infarction').length).toBeGreaterThan(1);
  });

  test('a hospital that refuses a round is in the audit log, and all of it is charged; one that wants more noise is not asked', async () => {
    const { name, configFile } = federation.seeded.nodes[0]!;
    const own = JSON.parse(readFileSync(configFile, 'utf8'));
    const restartWith = async (config: object) => {
      writeFileSync(configFile, JSON.stringify(config));
      await federation.nodes.get(name)!.stop();
      await federation.restartNodes([name]);
    };
    // All nine are needed: without one nobody is asked, and nobody pays.
    await restartWith({ ...own, minSigmaLocal: 100_000 });
    const without = await ask({ epsilon });
    expect(without.body.error).toMatchObject({ code: 'epsilon_not_useful', shards: 128, charged: false });
    expect(await spent()).toEqual({});
    // What a hospital answers for is its administrator's word at the router, and the node's own besides.
    await restartWith({ ...own, purposes: ['another-purpose'] });
    const { body } = await ask({ epsilon });
    expect(body.error).toMatchObject({ code: 'round_failed', charged: true });
    expect((await spent())[USER]).toBe(noisyVoteRhoPico(epsilon, 4, 8));
    const { rows } = await federation.database.pool.query<{ entry: Buffer }>(
      "SELECT entry FROM audit_leaf WHERE type = 'node.refused_round'",
    );
    const leaves = rows.map(({ entry }) => JSON.parse(entry.toString('utf8')));
    expect(leaves).toMatchObject([{ code: 'purpose', nodeId: own.nodeId, requestId: body.error!.requestId }]);
    // Its rest after a refusal ends with the router's memory.
    await federation.router.stop();
    await restartWith(own).catch(() => {});
    await federation.restartRouter();
  });

  test('two that die in the middle of a round fail it, and all of it is charged', async () => {
    const { reply, killed } = await askAndKillTwo({ epsilon });
    expect([reply.status, reply.body.error?.code]).toEqual([503, 'round_failed']);
    const changes = await spent();
    expect(changes[USER]).toBe(noisyVoteRhoPico(epsilon, 4, 8));
    expect(Object.keys(changes).filter((key) => key.startsWith('dataset/'))).toHaveLength(9);
    await federation.restartNodes(killed);
  });
});

describe('where hospitals are expected to fail', () => {
  const dropoutsOf = (nodes: number) =>
    protectionOf(
      Array.from({ length: nodes }, () => SHAKY),
      1,
    ).maxDropouts;
  const epsilon = epsilonForNine(dropoutsOf);
  const price = noisyVoteRhoPico(epsilon, 4, 9 - 1 - mostDropouts(9));

  beforeAll(async () => {
    vi.stubEnv('FEDERATED_NODE_AVAILABILITY', String(SHAKY));
    await federation.router.stop();
    await federation.restartRouter();
  });

  test('a vote of nine takes three round trips', async () => {
    const reply = await ask({ epsilon });
    expect(reply.body.privacy).toMatchObject({ masking: 'survives-dropouts', nodes: 9 });
    expect((await spent())[USER]).toBe(price);
  });

  test('two that die in the middle of a round are done without', async () => {
    const { reply, killed } = await askAndKillTwo({ epsilon });
    expect(reply.status).toBe(200);
    expect(HEART_LABELS).toContain(labelOf(reply));
    expect((await spent())[USER]).toBe(price);
    await federation.restartNodes(killed);
  });

  test('so are two that hang without a word; what they signed too late is kept', async () => {
    const { asked, frozen } = await askWithTwoFrozen({ epsilon });
    const reply = await asked;
    expect(reply.status).toBe(200);
    expect((await spent())[USER]).toBe(price);
    for (const name of frozen) process.kill(federation.nodes.get(name)!.pid, 'SIGCONT');
    const receipts = 'SELECT count(*)::int AS number FROM node_receipt WHERE request_id = $1';
    const { requestId } = reply.body.privacy as { requestId: string };
    await expect
      .poll(async () => (await federation.database.pool.query(receipts, [requestId])).rows[0].number)
      .toBe(9);
  });

  test('so are two that die in a round of exact counts', async () => {
    const { reply } = await askAndKillTwo({ epsilon: epsilonForNine('exact'), mode: 'exact' });
    expect(reply.status).toBe(200);
    expect(HEART_LABELS).toContain(labelOf(reply));
    expect(reply.body.privacy).toMatchObject({ mode: 'exact', masking: 'survives-dropouts', nodes: 9 });
  });
});

test('whoever verifies the log finds nothing wrong with rounds that failed, were refused or did without some', async () => {
  expect(await roundFindings(federation)).toEqual([]);
});
