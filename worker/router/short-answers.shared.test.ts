import type OpenAI from 'openai';
import { beforeEach, describe, expect, test } from 'vitest';
import { tokenCostRhoPico } from '#lib/privacy/mechanisms/short-answer';
import { formatRho, parseRho } from '#lib/privacy/pico-rho';
import { type Balances, balances, spentBetween } from '../testing/balances.ts';
import { federation } from '../testing/one-federation.ts';
import { post, shortAnswer } from '../testing/questions.ts';
import { roundFindings } from '../testing/round-findings.ts';
import { unknownRuns } from '../testing/unknown-runs.ts';

/** Three hospitals of 64 shards: at epsilon 0.5 sixteen tokens are affordable with a clip of a whole nat. */
const SHARDS = 192;
const PER_TOKEN = tokenCostRhoPico({ clip: { num: 1n, den: 1n }, shards: SHARDS });
const USER = 'user/Demo clinician';

type Ended = { tokens: number; maxTokens: number; clip: number; ended: string };
type Statement = { requestId: string; rho: string; epsilon: number; drawn: Ended } & Record<string, unknown>;
const statementOf = (answer: unknown) => (answer as { privacy: Statement }).privacy;

let before: Balances;
beforeEach(async () => {
  before = await balances(federation.database.pool);
});

const spent = async () => spentBetween(before, await balances(federation.database.pool));
const reserved = async () =>
  Object.values(await balances(federation.database.pool)).reduce(
    (sum, account) => sum + account.reserved,
    0n,
  );

describe('the openai SDK', () => {
  test('receives a streamed short answer, token by token, with its charge', async () => {
    const stream = await federation.openai.chat.completions.create({ ...shortAnswer(), stream: true });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    const texts = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').filter((text) => text !== '');
    const statement = statementOf(chunks.at(-1));
    const { tokens, maxTokens, clip, ended } = statement.drawn;
    expect([maxTokens, clip]).toEqual([16, 1]);
    expect(['end', 'limit']).toContain(ended);
    expect(tokens).toBeGreaterThan(0);
    // The token that ends an answer has no text.
    expect(texts).toHaveLength(ended === 'end' ? tokens - 1 : tokens);
    expect(chunks.at(-1)!.choices[0]!.finish_reason).toBe(ended === 'end' ? 'stop' : 'length');
    expect(statement).toMatchObject({
      route: 'federated',
      mechanism: 'short-answer',
      mode: 'exact',
      nodes: 3,
    });

    const charged = PER_TOKEN * BigInt(tokens);
    expect(statement.rho).toBe(formatRho(charged));
    const changes = await spent();
    expect(new Set(Object.values(changes))).toEqual(new Set([charged]));
    expect(Object.keys(changes).filter((key) => key.startsWith('dataset/'))).toHaveLength(3);
    expect(await reserved()).toBe(0n);
    expect(chunks.slice(0, -1).every((chunk) => statementOf(chunk) === undefined)).toBe(true);
  });

  test('gets one receipt a token from every hospital, and the same text for the same key', async () => {
    const options = { headers: { 'idempotency-key': 'short-1' } };
    const answer = await federation.openai.chat.completions.create(shortAnswer(), options);
    const statement = statementOf(answer);
    const { rows } = await federation.database.pool.query<{ receipts: string; rho: string }>(
      'SELECT count(*) AS receipts, sum(rho_pico) AS rho FROM node_receipt WHERE request_id = $1',
      [statement.requestId],
    );
    expect(Number(rows[0]!.receipts)).toBe(3 * statement.drawn.tokens);
    expect(BigInt(rows[0]!.rho)).toBe(3n * parseRho(statement.rho));
    expect(answer.usage!.completion_tokens).toBe(statement.drawn.tokens);
    expect(answer.usage!.prompt_tokens).toBeGreaterThan(5);
    const charged = await spent();
    const again = await federation.openai.chat.completions.create(shortAnswer(), options);
    expect(again.choices).toEqual(answer.choices);
    const streamed = await federation.openai.chat.completions.create(
      { ...shortAnswer(), stream: false },
      { headers: { 'idempotency-key': 'short-1-streamed' } },
    );
    expect(streamed.choices[0]!.message.content).toBeTypeOf('string');
    expect((await spent())[USER]).toBe(charged[USER]! + parseRho(statementOf(streamed).rho));
  });

  test('can hang up: what was drawn is charged, the rest released, and the key replays that part', async () => {
    const body = shortAnswer({ privacy: { epsilon: 1, maxTokens: 160 } });
    const options = { headers: { 'idempotency-key': 'short-2' } };
    const stream = await federation.openai.chat.completions.create({ ...body, stream: true }, options);
    let seen = '';
    for await (const chunk of stream) {
      seen += chunk.choices[0]?.delta.content ?? '';
      if (seen.length > 8) break;
    }
    await expect.poll(reserved).toBe(0n);
    const replayed = await federation.openai.chat.completions.create({ ...body, stream: true }, options);
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of replayed) chunks.push(chunk);
    const { drawn, rho } = statementOf(chunks.at(-1));
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toContain(seen);
    expect(drawn.tokens).toBeLessThan(drawn.maxTokens);
    expect(['caller', 'end']).toContain(drawn.ended);
    expect((await spent())[USER]).toBe(parseRho(rho));
  });
});

test('a quote says what a short answer would buy, and what would do when it buys too little', async () => {
  const quoted = await post(federation, '/privacy/quote', shortAnswer());
  expect(quoted.status).toBe(200);
  expect(quoted.body).toMatchObject({
    mechanism: 'short-answer',
    useful: true,
    rho: formatRho(PER_TOKEN * 16n),
  });
  const little = await post(federation, '/chat/completions', shortAnswer({ privacy: { epsilon: 0.02 } }));
  expect([little.status, little.body.error!.code]).toEqual([422, 'epsilon_not_useful']);
  const { suffices } = little.body.error as unknown as { suffices: { epsilon: number; shards: number } };
  const enough = shortAnswer({ privacy: { epsilon: suffices.epsilon } });
  expect((await post(federation, '/privacy/quote', enough)).body.useful).toBe(true);
  expect(await spent()).toEqual({});
});

test('a hospital that dies while an answer is written: an error event, and the whole reservation is charged', async () => {
  const body = shortAnswer({ privacy: { epsilon: 1, maxTokens: 64 } });
  const stream = await federation.openai.chat.completions.create({ ...body, stream: true });
  const names = [...federation.nodes.keys()];
  const failed = (async () => {
    let chunks = 0;
    for await (const _ of stream) {
      chunks += 1;
      if (chunks === 2) for (const name of names.slice(0, 2)) federation.nodes.get(name)!.kill();
    }
    return 'ended';
  })();
  await expect(failed).rejects.toThrow(/round failed/i);
  await expect.poll(reserved).toBe(0n);
  const changes = await spent();
  expect(changes[USER]).toBe(Object.values(changes)[0]);
  const { rows } = await federation.database.pool.query<{
    state: string;
    rho_pico: bigint;
    charged_rho_pico: bigint;
  }>(`SELECT state::text, rho_pico, charged_rho_pico FROM request WHERE error_code = 'round_failed'`);
  expect(rows).toHaveLength(1);
  expect(rows[0]!.charged_rho_pico).toBe(rows[0]!.rho_pico);
  await federation.restartNodes(names.slice(0, 2));
});

test.each([
  ['cannot be settled as answered', `state <> 'answered'`],
  ['cannot be closed at all before its time is over', `state = 'reserved'`],
])(
  'a streamed answer that %s after its first token: an error at the end, all of the reservation charged, nothing refunded',
  async (_what, allowed) => {
    const { pool } = federation.database;
    const stream = await federation.openai.chat.completions.create({ ...shortAnswer(), stream: true });
    let id = '';
    let text = '';
    const read = (async () => {
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? '';
        if (id !== '' || text === '') continue;
        const { rows } = await pool.query<{ id: string }>(`SELECT id FROM request WHERE state = 'reserved'`);
        id = rows[0]!.id;
        await pool.query(
          `ALTER TABLE request ADD CONSTRAINT impossible CHECK (id <> '${id}' OR ${allowed}) NOT VALID`,
        );
      }
    })();
    try {
      await expect(read).rejects.toThrow(/charged in full/);
    } finally {
      await pool.query('ALTER TABLE request DROP CONSTRAINT IF EXISTS impossible');
    }
    expect(text).not.toBe('');
    // What nobody could close is closed by the reaper once its time is over.
    await pool.query(`UPDATE request SET reserved_until = now() WHERE state = 'reserved'`);
    await expect.poll(reserved).toBe(0n);
    const { rows } = await pool.query<{ state: string; rho: bigint; charged: bigint; given: number }>(
      `SELECT state::text AS state, rho_pico AS rho, charged_rho_pico AS charged,
         (SELECT count(*)::int FROM ledger_entry e WHERE e.request_id = q.id AND e.kind = 'release') AS given
       FROM request q WHERE id = $1`,
      [id],
    );
    const { rho } = rows[0]!;
    expect(rows).toEqual([{ state: 'failed', rho, charged: rho, given: 0 }]);
    const changes = await spent();
    expect(changes[USER]).toBe(rho);
    expect(new Set(Object.values(changes))).toEqual(new Set([rho]));
  },
);

test('the hospitals were shown the same rounds, as their receipts say, also where one died or nothing could be closed', async () => {
  expect(await roundFindings(federation)).toEqual([]);
});

test('what the ledger keeps is enough for the efficiency report to recompute every charge', async () => {
  const { kinds, unknown } = await unknownRuns(federation);
  expect(kinds).toBeGreaterThan(0);
  expect(unknown).toEqual([]);
});
