import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLogger } from '#lib/log';
import { decodeFrame, decodeVector } from '#lib/nodes/frame';
import type { Message } from '#lib/nodes/messages';
import { parseMessage } from '#lib/nodes/messages';
import { answerRound, type RoundNode } from '../answer-round.ts';
import type { ShardTask } from '../lanes/task.ts';
import { LETTERS, letterEngine } from '../testing/letters.ts';
import type { GuardedEngine } from './check-query.ts';
import { checkRound } from './check-round.ts';
import { RequestHistory } from './request-history.ts';
import { SpendLog } from './spend-log.ts';
import {
  charge,
  everybody,
  guarded,
  keys,
  makeConsensus,
  makeRound,
  makeTokenRound,
  masking,
  TOKEN_RHO_PICO,
  unmasked,
  config as votesOnly,
} from './test-round.ts';

const ENGINE: GuardedEngine = { exactScores: true, batchInvariant: true, tokens: 4_096 };
const config = { ...votesOnly, limitRhoPico: String(10n ** 12n) };
const identity = generateKeyPairSync('ed25519');
let folder: string;
let log: SpendLog;
let history: RequestHistory;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-guard-'));
  log = await SpendLog.open(join(folder, 'spend-log.ndjson'), config.nodeId, identity.privateKey);
  history = new RequestHistory();
});
afterEach(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});

const check = (round: Message<'round'>, engine: GuardedEngine | null = ENGINE) =>
  checkRound(round, { config, log, history, ...guarded(), engine, nowMs: Date.now() });
const refused = (code: string) => ({ ok: false, refusal: { code } });

/** What an answered round leaves behind. */
async function answer(round: Message<'round'>): Promise<void> {
  const checked = check(round);
  if (!checked.ok) throw new Error(checked.refusal.code);
  history.note(round.header);
  const { ledgerEpoch, requestId } = round.header;
  await log.spend({ ledgerEpoch, requestId, ...checked.round });
}

describe('a token of a short answer', () => {
  test('passes at 2 C^2 / s^2, rounded up, and not below', () => {
    expect(check(makeTokenRound())).toMatchObject({ ok: true, round: { rhoPico: TOKEN_RHO_PICO } });
    const less = makeTokenRound({ rhoPico: String(TOKEN_RHO_PICO - 1n) });
    expect(check(less)).toMatchObject(refused('rho_too_small'));
    // Half the clip costs a quarter.
    const half = { clip: { num: '1', den: '2' }, sensitivity: 8_192 };
    expect(check(makeTokenRound({ ...half, rhoPico: '13563369' }))).toMatchObject({ ok: true });
    expect(check(makeTokenRound({ ...half, rhoPico: '13563368' }))).toMatchObject(refused('rho_too_small'));
  });

  const token = makeTokenRound().header;
  const params = (change: object) => ({ ...token.params, ...change }) as never;
  const leastClip = { num: '1', den: '8192' };
  test.each([
    ['a candidate named twice', 'wrong_query', makeTokenRound({ query: { candidates: [5, 5, 6] } })],
    [
      'a candidate outside the vocabulary',
      'wrong_query',
      makeTokenRound({ query: { candidates: [5, 4_096] } }),
    ],
    ['a prefix outside the vocabulary', 'wrong_query', makeTokenRound({ query: { prefix: [4_096] } })],
    ['another number of candidates', 'wrong_length', makeTokenRound({ len: 4 })],
    ['another K', 'wrong_length', makeTokenRound({ params: params({ K: 2 }) })],
    ['a position that is not the next', 'position', makeTokenRound({ position: 1 })],
    [
      'a position past the most tokens',
      'position',
      makeTokenRound({ query: { prefix: new Array(16).fill(7) } }),
    ],
    ['a clip off the grid', 'clip', makeTokenRound({ clip: { num: '1', den: '3' } })],
    ['a clip of nothing', 'clip', makeTokenRound({ clip: { num: '0', den: '1' } })],
    ['a clip without a denominator', 'clip', makeTokenRound({ clip: { num: '1', den: '0' } })],
    ['a clip that overflows the sum', 'clip', makeTokenRound({ clip: { num: '1000', den: '1' } })],
    [
      'a clip without a price',
      'clip',
      makeTokenRound({ params: params({ clip: { num: '1024', den: '1' }, s: 64 }) }),
    ],
    [
      'a clip far above it',
      'clip',
      makeTokenRound({ params: params({ clip: { num: '1500', den: '1' }, s: 64 }) }),
    ],
    ['half the sensitivity', 'units', makeTokenRound({ sensitivity: 8_192 })],
    ['another grid', 'units', makeTokenRound({ scale: 4_096 })],
    ['fewer shards than the node has', 'shards', makeTokenRound({ params: params({ s: 63 }) })],
    [
      'a rho divided by the hospitals',
      'rho_too_small',
      makeTokenRound({ rhoPico: String(TOKEN_RHO_PICO / 3n) }),
    ],
    ['the zero-out charge', 'rho_too_small', makeTokenRound({ rhoPico: String(TOKEN_RHO_PICO / 4n) })],
    [
      'more shards than there can be',
      'shards',
      makeTokenRound({ params: params({ clip: leastClip, s: 2 ** 20 + 1 }), sensitivity: 2 }),
    ],
    [
      'the smallest clip over the most shards, which costs next to nothing',
      'rho_too_small',
      makeTokenRound({ params: params({ clip: leastClip, s: 2 ** 17 }), sensitivity: 2 }),
    ],
    ['nothing', 'rho_too_small', makeTokenRound({ rhoPico: '0' })],
  ])('is refused with %s', (_what, code, round) => {
    expect(check(round)).toMatchObject(refused(code));
  });

  test.each([
    ['no engine', null],
    ['an engine without exact scores', { ...ENGINE, exactScores: false }],
    ['an engine whose batches touch each other', { ...ENGINE, batchInvariant: false }],
  ])('is refused by a node with %s; votes are not', (_what, engine) => {
    expect(check(makeTokenRound(), engine)).toMatchObject(refused('engine'));
    expect(check(makeRound(), engine)).toMatchObject({ ok: true });
  });

  test("is not what a vote's header asks for, nor the other way round", () => {
    const token = makeTokenRound();
    const { header, signed } = makeRound({ queryCommit: token.header.queryCommit });
    expect(check({ ...token, header, signed })).toMatchObject(refused('wrong_query'));
    const asked = makeRound();
    const other = makeTokenRound({ queryCommit: asked.header.queryCommit });
    expect(check({ ...asked, header: other.header, signed: other.signed })).toMatchObject(
      refused('wrong_query'),
    );
  });
});

describe('the rounds of one request', () => {
  const requestId = randomUUID();
  const at = (position: number, change: Parameters<typeof makeTokenRound>[0] = {}) =>
    makeTokenRound({ requestId, ...change, query: { prefix: new Array(position).fill(7), ...change.query } });

  test('an answer has one round for each token, in order, also when the candidates differ in number', async () => {
    await answer(at(0));
    await answer(at(1, { query: { candidates: [2, 3] } }));
    expect(check(at(1))).toMatchObject(refused('position'));
    expect(check(at(0, { query: { prompt: 'another' } }))).toMatchObject(refused('position'));
    expect(check(at(2))).toMatchObject({ ok: true });
  });

  test.each([
    ['another cohort', at(1, { cohort: everybody, keyDirectoryHash: keys[0]!.directoryHash(everybody) })],
    ['another clip', at(1, { clip: { num: '1', den: '2' }, sensitivity: 8_192 })],
    ['another number of shards', at(1, { params: { ...at(1).header.params, s: 193 } as never })],
    ['another length', at(1, { params: { ...at(1).header.params, maxTokens: 17 } as never })],
  ])('none with %s than the first', async (_what, round) => {
    await answer(at(0));
    expect(check(round)).toMatchObject(refused('terms'));
  });

  test('a vote has one, and none follows of another kind', async () => {
    await answer(makeRound({ requestId }));
    for (const round of [makeRound({ requestId }), makeConsensus({ requestId }), at(1)]) {
      expect(check(round)).toMatchObject({ ok: false });
    }
    await answer(at(0, { requestId: randomUUID() }));
  });

  test('after a restart a request that had begun is not taken up again', async () => {
    await answer(at(0));
    history = new RequestHistory();
    expect(check(at(1))).toMatchObject(refused('second_attempt'));
  });
});

describe('a consensus round', () => {
  test('costs the vote and its test: 2/sigma^2 for the margin, 1/(2 sigma^2) for the threshold', () => {
    expect(check(makeConsensus())).toMatchObject({ ok: true });
    const margin = charge.rhoPico + 20_000_000_000n;
    expect(check(makeConsensus({ rhoPico: String(margin - 1n) }))).toMatchObject(refused('rho_too_small'));
    const { header } = makeConsensus();
    if (header.mechanism !== 'consensus' || header.mode !== 'exact') throw new Error('not a consensus round');
    const params = { ...header.params, test: 'threshold' as const };
    const threshold = charge.rhoPico + 5_000_000_000n;
    expect(check(makeConsensus({ params, rhoPico: String(threshold) }))).toMatchObject({ ok: true });
    expect(check(makeConsensus({ params, rhoPico: String(threshold - 1n) }))).toMatchObject(
      refused('rho_too_small'),
    );
    for (const sigma2 of [
      { num: '0', den: '1' },
      { num: '1', den: '0' },
    ]) {
      expect(check(makeConsensus({ params: { ...params, sigma2 } }))).toMatchObject(refused('parameters'));
    }
  });
});

describe('a token round at the node', () => {
  let asked: ShardTask[];
  let node: RoundNode;
  beforeEach(() => {
    asked = [];
    const quiet = createLogger('test');
    quiet.level = 'silent';
    node = {
      config,
      spendLog: log,
      history,
      ...masking(),
      shards: {
        sum: async (task) => {
          asked.push(task);
          return Uint32Array.from([1, 2, 2 ** 32 - 3]);
        },
      },
      capabilities: letterEngine.capabilities,
      shortAnswers: async () => letterEngine,
      log: quiet,
      answered: new Map(),
    };
  });
  const round = () => makeTokenRound({ query: { candidates: [2, 4, 5] } });

  test('the shards are asked about the candidates with the public scores, and their sum is signed for', async () => {
    const token = round();
    const frame = decodeFrame(await answerRound(node, token));
    expect(parseMessage(frame, 'contribution').receipt.rhoPico).toBe(String(TOKEN_RHO_PICO));
    expect(unmasked(token, decodeVector(frame.tail, 3))).toEqual([1, 2, 2 ** 32 - 3]);
    const logProb = -Math.log(LETTERS.pieces.length);
    expect(asked).toMatchObject([
      { kind: 'token', candidates: [2, 4, 5], logProbs: [logProb, logProb, logProb], bound: 8_192 },
    ]);
  });

  test('a model that cannot be loaded is a refusal before anything is spent', async () => {
    node.shortAnswers = () => Promise.reject(new Error('no such file'));
    const frame = decodeFrame(await answerRound(node, round()));
    expect(parseMessage(frame, 'roundRefused').code).toBe('engine');
    expect([asked.length, log.totalRhoPico]).toEqual([0, 0n]);
  });
});
