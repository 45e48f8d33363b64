import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startNode } from '../supervisor/start-federation.ts';
import { type Balances, balances, spentBetween } from '../testing/balances.ts';
import { startTestFederation, type TestFederation } from '../testing/federation.ts';
import { VOTE_RHO_PICO } from '../testing/prices.ts';
import { HEART_LABELS, type Posted, post, vote } from '../testing/questions.ts';

const RHO = VOTE_RHO_PICO;
const USER = 'user/Demo clinician';

let federation: TestFederation;
let before: Balances;
beforeAll(async () => {
  federation = await startTestFederation();
});
afterAll(() => federation?.stop());
beforeEach(async () => {
  before = await balances(federation.database.pool);
});

const spent = async () => spentBetween(before, await balances(federation.database.pool));
const ask = (key: string, change: Record<string, unknown> = {}) =>
  post(federation, '/chat/completions', vote(change), { 'idempotency-key': key });
const requestState = async (state: 'reserved' | 'failed') =>
  federation.database.prisma.request.count({ where: { state } });

/** Stops a process without ending it: it is connected and says nothing. */
const freeze = (pid: number) => process.kill(pid, 'SIGSTOP');
const thaw = (pid: number) => process.kill(pid, 'SIGCONT');

/** Freezes two nodes, so that every cohort of three has a silent member, asks, and waits until the debit stands. */
async function askSilentNodes(key: string): Promise<{ silent: string[]; asked: Promise<Posted | Error> }> {
  const silent = [...federation.nodes.keys()].slice(0, 2);
  for (const name of silent) freeze(federation.nodes.get(name)!.pid);
  const asked = ask(key).catch((error: Error) => error);
  await expect.poll(() => requestState('reserved')).toBe(1);
  return { silent, asked };
}

describe('a retry', () => {
  test('with the same key and body gets the same answer and is not charged again', async () => {
    const first = await ask('retry-1');
    expect(first.status).toBe(200);
    const charged = await spent();
    const again = await ask('retry-1');
    expect(again.status).toBe(200);
    expect(again.body).toEqual(first.body);
    expect(await spent()).toEqual(charged);
    expect(charged[USER]).toBe(RHO);
  });

  // The reservation would refuse for the one, the choice of the cohort for the other.
  test.each(['user', 'dataset'])('is answered even when the %s budget is frozen meanwhile', async (kind) => {
    const first = await ask(`retry-2-${kind}`);
    const { pool } = federation.database;
    await pool.query(`UPDATE account SET state = 'frozen' WHERE kind::text = $1`, [kind]);
    const again = await ask(`retry-2-${kind}`);
    const fresh = await ask(`retry-2-${kind}-fresh`);
    await pool.query(`UPDATE account SET state = 'open' WHERE kind::text = $1`, [kind]);
    expect(again.body).toEqual(first.body);
    expect([fresh.status, fresh.body.error?.code]).toEqual([429, 'privacy_budget_exhausted']);
  });

  test('with a different body is a conflict, and nothing more is charged', async () => {
    await ask('retry-3');
    const charged = await spent();
    const other = await ask('retry-3', { privacy: { epsilon: 0.2 } });
    expect([other.status, other.body.error?.code]).toEqual([409, 'idempotency_conflict']);
    expect(other.headers.get('x-should-retry')).toBe('false');
    expect(await spent()).toEqual(charged);
  });

  test('twenty at once with one key are one charge and one answer', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => ask('retry-4')));
    expect(all.map((one) => one.status)).toEqual(Array(20).fill(200));
    expect(new Set(all.map((one) => JSON.stringify(one.body))).size).toBe(1);
    expect((await spent())[USER]).toBe(RHO);
  });

  test('after the 24 hours is gone, and the answer is no longer kept', async () => {
    const first = await ask('retry-5');
    const id = String(first.body.privacy!.requestId);
    const { pool } = federation.database;
    await pool.query(`UPDATE request SET answer_expires_at = now() - interval '1 second' WHERE id = $1`, [
      id,
    ]);
    const charged = await spent();
    const late = await ask('retry-5');
    expect([late.status, late.body.error?.code]).toEqual([410, 'idempotency_key_expired']);
    expect(await spent()).toEqual(charged);
  });

  test('of another principal with the same key is a request of its own', async () => {
    const first = await ask('retry-6');
    const { prisma } = federation.database;
    const owner = await prisma.apiKey.findFirstOrThrow();
    const sha256 = createHash('sha256').update('fdlr_another').digest();
    await prisma.apiKey.create({
      data: {
        id: crypto.randomUUID(),
        organisationId: owner.organisationId,
        userId: owner.userId,
        name: 'b',
        prefix: 'b',
        sha256,
      },
    });
    const other = await post(federation, '/chat/completions', vote(), {
      authorization: 'Bearer fdlr_another',
      'idempotency-key': 'retry-6',
    });
    expect(other.status).toBe(200);
    expect(other.body.id).not.toBe(first.body.id);
    expect((await spent())[USER]).toBe(2n * RHO);
  });
});

test('a node that dies after the debit: 503, charged in full, no retry by the SDK, and a retry tells the same', async () => {
  const { silent, asked } = await askSilentNodes('dies');
  for (const name of silent) federation.nodes.get(name)!.kill();
  const outcome = (await asked) as Posted;
  expect([outcome.status, outcome.body.error?.code]).toEqual([503, 'round_failed']);
  expect(outcome.body.error).toMatchObject({ charged: true });
  expect(outcome.headers.get('x-should-retry')).toBe('false');
  const changes = await spent();
  expect(changes[USER]).toBe(RHO);
  expect(Object.keys(changes).filter((key) => key.startsWith('dataset/'))).toHaveLength(3);
  expect(await requestState('reserved')).toBe(0);

  const again = await ask('dies');
  expect([again.status, again.body.error?.charged]).toEqual([503, true]);
  expect(await spent()).toEqual(changes);

  await expect
    .poll(
      async () =>
        ((await (await fetch(`http://127.0.0.1:${federation.apiPort}/readyz`)).json()) as { nodes: number })
          .nodes,
    )
    .toBe(2);
  const few = await ask('too-few');
  expect([few.status, few.body.error?.code]).toEqual([503, 'cohort_too_small']);
  expect(few.headers.get('x-should-retry')).toBe('false');
  expect(await spent()).toEqual(changes);

  await federation.restartNodes(silent);
  expect((await ask('after-restart')).status).toBe(200);
});

test('kill -9 of the router between reserve and settle leaves the full charge, and the next start is clean', async () => {
  const { silent, asked } = await askSilentNodes('killed');
  federation.router.kill();
  expect(await asked).toBeInstanceOf(Error);
  for (const name of silent) thaw(federation.nodes.get(name)!.pid);
  // Set aside already counts: nobody can spend it meanwhile.
  expect((await spent())[USER]).toBe(RHO);

  await federation.restartRouter();
  const after = await balances(federation.database.pool);
  expect(after[USER]!.reserved).toBe(0n);
  expect(spentBetween(before, after)[USER]).toBe(RHO);
  expect(await requestState('reserved')).toBe(0);
  const retried = await ask('killed');
  expect([retried.status, retried.body.error?.code, retried.body.error?.charged]).toEqual([
    503,
    'round_failed',
    true,
  ]);
  const fresh = await ask('after-kill');
  expect(fresh.status).toBe(200);
  expect(HEART_LABELS).toContain(JSON.parse(fresh.body.choices![0]!.message.content!));
});

test('a second router with the same replica name does not start, so that it cannot charge living requests', async () => {
  await expect(federation.restartRouter()).rejects.toThrow(/Another router runs as replica/);
});

test('a router asked to stop finishes what it has debited', async () => {
  const { silent, asked } = await askSilentNodes('graceful');
  const stopped = federation.router.stop();
  await new Promise((resolve) => setTimeout(resolve, 500));
  for (const name of silent) thaw(federation.nodes.get(name)!.pid);
  expect(((await asked) as Posted).status).toBe(200);
  expect(await stopped).toMatchObject({ code: 0 });
  await federation.restartRouter();
  expect((await spent())[USER]).toBe(RHO);
});

test("a second process on a node's folder does not start: two accounts of one budget would be none", async () => {
  const { name, configFile } = federation.seeded.nodes[0]!;
  const logs = mkdtempSync(join(tmpdir(), 'fdlr-second-'));
  const second = startNode(name, configFile, logs);
  expect(await second.ended).toMatchObject({ code: 1 });
  expect(readFileSync(second.logFile, 'utf8')).toContain('runs this node already');
  rmSync(logs, { recursive: true });
});

test('no admitted node: refused, nothing charged', async () => {
  const { pool } = federation.database;
  await pool.query(`UPDATE node SET state = 'suspended'`);
  const refused = await ask('nobody');
  await pool.query(`UPDATE node SET state = 'admitted'`);
  expect([refused.status, refused.body.error?.code]).toEqual([503, 'cohort_too_small']);
  expect(await spent()).toEqual({});
});

test('purpose and residency come from the tables', async () => {
  const { pool } = federation.database;
  const unknown = await ask('p1', { privacy: { purpose: 'curiosity' } });
  expect([unknown.status, unknown.body.error?.code]).toEqual([400, 'unknown_purpose']);
  // Only two hospitals of the demo answer for it.
  const few = await ask('p2', { privacy: { purpose: 'quality-improvement' } });
  expect([few.status, few.body.error?.code]).toEqual([403, 'purpose_refused']);
  const research = await ask('p3', { privacy: { purpose: 'research' } });
  expect(research.status).toBe(200);

  await pool.query(`UPDATE organisation SET region = 'sa-east-1' WHERE name = 'Harbour Health'`);
  const abroad = await ask('p4');
  await pool.query(`UPDATE organisation SET region = 'us-east-1' WHERE name = 'Harbour Health'`);
  expect([abroad.status, abroad.body.error?.code]).toEqual([403, 'residency_refused']);
  expect((await spent())[USER]).toBe(RHO);
});

test('datasets whose budget is used up are not asked; too few left is a refusal', async () => {
  const { pool } = federation.database;
  const close = (name: string) =>
    pool.query(`UPDATE account SET state = 'frozen' WHERE kind = 'dataset' AND name = $1`, [name]);
  await close('Harbour General Hospital');
  expect((await ask('d1')).status).toBe(200);
  expect((await spent())['dataset/Harbour General Hospital']).toBeUndefined();
  await close('Northfield University Hospital');
  const refused = await ask('d2');
  await pool.query(`UPDATE account SET state = 'open'`);
  expect([refused.status, refused.body.error?.code]).toEqual([429, 'privacy_budget_exhausted']);
  expect((await spent())[USER]).toBe(RHO);
});
