import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Engine, EngineCall, Question } from '../engine/engine.ts';
import { EMBEDDED } from '../engine/engine.ts';
import { letterEngine } from '../testing/letters.ts';
import { FixedSlots } from './fixed-slots.ts';
import { PromptLanes, promptsAtOnce } from './prompt-lanes.ts';
import { promptRecords } from './prompt-records.ts';
import { emptyTexts, shareTexts, textAt } from './record-texts.ts';
import { newTable, writeRow } from './result-table.ts';
import { LEAST_TICK_MS, promptTickMs } from './time-quotas.ts';

const SHARDS = 6;
const ROUND_MS = 5_000;
const LABELS = ['Asthma', 'Migraine'];
const VOTE = { kind: 'vote', requestId: 'r1', prompt: 'wheezing', labels: LABELS } as const;
const capabilities = { ...EMBEDDED, labelVotes: 'records-in-prompt', batchInvariant: true } as const;

type Asked = { question: Question; call: EngineCall };
/** What the model says to one shard's prompt. */
type Says = (asked: Asked) => Promise<number[]>;

/** Lanes whose shard `i` has one record that says so; the last shard has none. */
function lanes(says: Says, more: { batchInvariant?: boolean; shardMs?: number; lanes?: number } = {}) {
  const { batchInvariant = true, shardMs = 40 } = more;
  const asked: Asked[] = [];
  const say = (question: Question, call: EngineCall = {}) => {
    asked.push({ question, call });
    return says({ question, call });
  };
  const engine: Engine = {
    ...letterEngine,
    capabilities: { ...capabilities, batchInvariant },
    scoreLabels: async (question, _, call) => ({ scores: await say(question, call), promptTokens: 1 }),
    candidateScores: async (question, _, call) => ({ logProbs: await say(question, call), promptTokens: 1 }),
  };
  const promptLanes = new PromptLanes({
    engine,
    lanes: more.lanes ?? 2,
    shards: SHARDS,
    shardMs,
    roundMs: ROUND_MS,
    secret: randomBytes(32),
    textsOf: (shard) => (shard === SHARDS - 1 ? emptyTexts() : shareTexts([`record of shard ${shard}`])),
    rows: async (task) => {
      const table = newTable(SHARDS, task.kind === 'nearest' ? task.most : 0);
      for (let shard = 0; shard < SHARDS; shard += 1) writeRow(table, shard, Int32Array.of(0, -1, -1));
      return table;
    },
  });
  return { asked, sum: promptLanes.sum.bind(promptLanes), aside: promptLanes.aside.bind(promptLanes) };
}

// Their time is a clock of the test's own: what they do in it does not depend on the machine.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What comes of a sum, however long it takes. */
async function outcome(sum: Promise<Uint32Array>): Promise<number[]> {
  await vi.advanceTimersByTimeAsync(ROUND_MS);
  return [...(await sum)];
}
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const shardOf = ({ question }: Asked) => Number(question.records?.[0]?.at(-1));

describe('shards that ask a model', () => {
  test('each show it their own records and nobody else’s, under a name of their own; without records they abstain', async () => {
    const { asked, sum } = lanes(async (one) => (shardOf(one) % 2 ? [-1, -2] : [-2, -1]));
    expect(await outcome(sum(VOTE))).toEqual([2, 3]);
    expect(asked.map(({ question }) => question.records)).toEqual(
      [0, 1, 2, 3, 4].map((shard) => [`record of shard ${shard}`]),
    );
    const salts = new Set(asked.map(({ call }) => call.salt));
    expect(salts.size).toBe(5);
    await outcome(sum({ ...VOTE, requestId: 'r2' }));
    expect(new Set(asked.map(({ call }) => call.salt)).size).toBe(10);
  });

  test('that get an error, nothing, or no answer in their time abstain; the others do not notice', async () => {
    const { sum } = lanes(async (one) => {
      if (shardOf(one) === 0) throw new Error('the model failed');
      if (shardOf(one) === 1) return new Promise(() => {});
      if (shardOf(one) === 2) return [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
      if (shardOf(one) === 3) return [Number.NaN, Number.NaN];
      return [-1, -2];
    });
    expect(await outcome(sum(VOTE))).toEqual([1, 0]);
  });

  test('an engine that is gone makes all of them abstain', async () => {
    const { sum } = lanes(() => Promise.reject(new Error('ECONNREFUSED')));
    expect(await outcome(sum(VOTE))).toEqual([0, 0]);
  });

  test('what comes after the time of a shard does not count', async () => {
    const late: (() => void)[] = [];
    const { sum } = lanes((one) =>
      shardOf(one) === 0
        ? new Promise((resolve) => late.push(() => resolve([-1, -2])))
        : Promise.resolve([-2, -1]),
    );
    const votes = await outcome(sum(VOTE));
    for (const answer of late) answer();
    expect(votes).toEqual([0, 4]);
  });

  test('say of a token by how much their records move it, clipped and on the grid', async () => {
    const { asked, sum } = lanes(async () => [-1, -9, Number.NaN]);
    const task = {
      kind: 'token',
      requestId: 'r1',
      prompt: 'wheezing',
      prefix: [7, 8],
      maxTokens: 9,
      key: [],
      candidates: [4, 5, 6],
      logProbs: [-1.5, -2, -3],
      bound: 8_192,
    } as const;
    const perShard = [4_096, -8_192, 0];
    expect(await outcome(sum(task))).toEqual(perShard.map((value) => (5 * value) >>> 0));
    expect(asked[0]?.question).toMatchObject({ prefix: [7, 8], maxTokens: 9 });
  });

  test('are asked one at a time where a batch would let them change each other', async () => {
    for (const batchInvariant of [true, false]) {
      let atOnce = 0;
      let most = 0;
      const { sum } = lanes(
        async () => {
          atOnce += 1;
          most = Math.max(most, atOnce);
          await wait(5);
          atOnce -= 1;
          return [-1, -2];
        },
        { batchInvariant, lanes: 3, shardMs: 30 },
      );
      await outcome(sum(VOTE));
      expect(most).toBe(batchInvariant ? 3 : 1);
    }
  });
});

test('a public question beside them begins by the clock, however soon a shard has its answer, and takes nobody’s time', async () => {
  const { asked, sum, aside } = lanes(async () => [-1, -2], { batchInvariant: false, shardMs: 30 });
  const votes = sum(VOTE);
  // Asked while the first shard has its place, and the others wait for theirs.
  await vi.advanceTimersByTimeAsync(0);
  expect(asked.length).toBe(1);
  const seen = aside(async () => {
    const before = asked.length;
    await wait(60);
    expect(asked.length).toBe(before);
    return before;
  });
  expect(await outcome(votes)).toEqual([SHARDS - 1, 0]);
  expect(await seen).toBe(SHARDS - 1);
});

test('a slot is held for its whole time, however soon its work is done', async () => {
  const slots = new FixedSlots(1, 40);
  const order: string[] = [];
  const hold = wait(39).then(() => order.push('time'));
  const all = Promise.all([
    slots.run(async () => order.push('first')),
    slots.run(async () => order.push('second')),
    hold,
  ]);
  await vi.advanceTimersByTimeAsync(40);
  await all;
  expect(order).toEqual(['first', 'time', 'second']);
});

test('a shard shows its nearest records within its part of the context', () => {
  const texts = shareTexts(['short', 'x'.repeat(5_000), 'µg ≥ 3']);
  expect(textAt(texts, 2)).toBe('µg ≥ 3');
  expect(textAt(texts, 3)).toBe('');
  expect(promptRecords(texts, Int32Array.of(2, -1, 0), 512)).toEqual(['µg ≥ 3', 'short']);
  expect(promptRecords(texts, Int32Array.of(1, -1, -1), 512)[0]).toHaveLength(128);
  expect(promptRecords(emptyTexts(), Int32Array.of(0, 1, 2), 512)).toEqual([]);
});

test('replies wait for the whole time of all shards, and a node whose shards need more does not start', () => {
  const times = { shards: 16, shardMs: 250, roundMs: 10_000 };
  expect(promptTickMs({ ...times, atOnce: 4 }, 160)).toBe(1_250 + LEAST_TICK_MS);
  expect(promptTickMs({ ...times, atOnce: 16 }, 5_000)).toBe(5_000);
  expect(() => promptTickMs({ ...times, shards: 64, atOnce: 1 }, 160)).toThrow(/^engine\.shardMs: 64 shards/);
  expect(promptsAtOnce({ capabilities }, 7)).toBe(7);
  expect(promptsAtOnce({ capabilities: { ...capabilities, batchInvariant: false } }, 7)).toBe(1);
});
