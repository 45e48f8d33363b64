import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '#lib/log';
import { decodeFrame, decodeVector, encodeFrame } from '#lib/nodes/frame';
import { parseMessage } from '#lib/nodes/messages';
import { ROUND_DEADLINE_MS } from '#lib/nodes/round-deadline';
import { generateHospitalRecords } from '../../prisma/seed/records/index.ts';
import { answerPublicScores } from './answer-public-scores.ts';
import { answerRound, type RoundNode } from './answer-round.ts';
import { EMBEDDED, type Engine } from './engine/engine.ts';
import { loadLlamaEngine } from './engine/llama-engine.ts';
import { RequestHistory } from './guard/request-history.ts';
import { SpendLog } from './guard/spend-log.ts';
import { config, makeTokenRound, masking, TOKEN_RHO_PICO, unmasked } from './guard/test-round.ts';
import { type Shards, startShards } from './loading/start-shards.ts';

const PROMPT = 'A 58-year-old man has had crushing chest pain for an hour. What should be done?';
const quiet = createLogger('test');
quiet.level = 'silent';
let folder: string;
let engine: Engine;
let shards: Shards;
let node: RoundNode;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-short-'));
  await generateHospitalRecords({ seed: 'short', hospitalKey: 'harbour', patients: 300, folder });
  shards = await startShards({
    recordsDir: folder,
    shardKey: randomBytes(32),
    shards: 16,
    lanes: 1,
    roundMs: ROUND_DEADLINE_MS,
  });
  engine = await loadLlamaEngine();
  await shards.learnTokens(engine.vocabulary);
  const identity = generateKeyPairSync('ed25519').privateKey;
  node = {
    config: { ...config, limitRhoPico: '1000000000000' },
    spendLog: await SpendLog.open(join(folder, 'spend-log.ndjson'), config.nodeId, identity),
    history: new RequestHistory(),
    ...masking(),
    shards,
    capabilities: EMBEDDED,
    shortAnswers: async () => engine,
    log: quiet,
    answered: new Map(),
  };
});

afterAll(async () => {
  await shards.close();
  await node.spendLog.close();
  await engine.close();
  rmSync(folder, { recursive: true });
});

const scores = (prefix: number[]) =>
  answerPublicScores(async () => engine, quiet, {
    queryId: randomUUID(),
    prompt: PROMPT,
    prefix,
    maxTokens: 16,
    top: 64,
  });

/** The vector a node sends for the next token, as signed integers. */
async function ask(prefix: number[], candidates: number[], requestId: string): Promise<number[]> {
  const round = makeTokenRound({ requestId, query: { prompt: PROMPT, prefix, candidates } });
  const frame = decodeFrame(await answerRound(node, round));
  expect(parseMessage(frame, 'contribution').receipt.rhoPico).toBe(String(TOKEN_RHO_PICO));
  return unmasked(round, decodeVector(frame.tail, candidates.length)).map((value) => value | 0);
}

test('an answer is written token by token, each charged, each pulled towards what the records say', async () => {
  const requestId = randomUUID();
  const prefix: number[] = [];
  const before = node.spendLog.totalRhoPico;
  let moved = 0;
  for (let position = 0; position < 6; position += 1) {
    const { candidates, end, error } = await scores(prefix);
    expect(error).toBeNull();
    expect(end).not.toBeNull();
    const ids = [...new Set([...candidates.map(({ id }) => id), end!.id])];
    const vector = await ask(prefix, ids, requestId);
    expect(vector.every((value) => Math.abs(value) <= 16 * 8_192)).toBe(true);
    moved += vector.filter((value) => value > 0).length;
    const best = ids
      .map((id, at) => ({
        id,
        score: (candidates.find((one) => one.id === id)?.score ?? end!.score) + vector[at]! / 16,
      }))
      .reduce((a, b) => (b.score > a.score ? b : a));
    prefix.push(best.id);
  }
  expect(moved).toBeGreaterThan(0);
  expect(node.spendLog.totalRhoPico - before).toBe(6n * TOKEN_RHO_PICO);
  expect(prefix.map((id) => engine.vocabulary.pieces[id]).join('')).not.toBe('');
});

test('the same question gets the same vector', async () => {
  const { candidates } = await scores([]);
  const ids = candidates.map(({ id }) => id);
  expect(await ask([], ids, randomUUID())).toEqual(await ask([], ids, randomUUID()));
});

test('public scores are the likeliest first, on the grid; what the model cannot read is an error in the same kind of reply', async () => {
  const { candidates, end, error } = await scores([]);
  expect([candidates.length, error]).toEqual([64, null]);
  const ordered = [...candidates].sort((a, b) => b.score - a.score || a.id - b.id);
  expect(candidates).toEqual(ordered);
  expect(candidates.every(({ score }) => Number.isInteger(score) && score <= 0)).toBe(true);
  expect(end?.id).toBe(engine.vocabulary.end);
  const unreadable = await scores([99_999]);
  expect(unreadable).toMatchObject({ candidates: [], end: null, error: expect.stringMatching(/no token/) });
  const reply = encodeFrame('publicScoresReply', unreadable);
  expect(parseMessage(decodeFrame(reply), 'publicScoresReply').error).toBe(unreadable.error);
});
