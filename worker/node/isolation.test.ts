import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from '#lib/log';
import { decodeFrame, decodeVector, encodeVector } from '#lib/nodes/frame';
import { ROUND_DEADLINE_MS } from '#lib/nodes/round-deadline';
import { answerRound, type RoundNode } from './answer-round.ts';
import { RequestHistory } from './guard/request-history.ts';
import { SpendLog } from './guard/spend-log.ts';
import { config, makeRound, makeTokenRound, masking, unmasked } from './guard/test-round.ts';
import { prepareTask } from './lanes/score-shards.ts';
import type { ShardData } from './lanes/shard-data.ts';
import { taskOf } from './lanes/task-of.ts';
import { DEFAULT_TICK_MS } from './lanes/time-quotas.ts';
import { indexShard } from './loading/index-shard.ts';
import { type Shards, startShards } from './loading/start-shards.ts';
import { partition } from './records/build-shards.ts';
import { readBulkFolder } from './records/read-bulk-folder.ts';
import { shardOf } from './records/shard-of.ts';
import {
  concept,
  condition,
  type Json,
  note,
  patient,
  textContent,
  useExportFolder,
} from './records/testing-export.ts';
import { LETTERS, letterEngine } from './testing/letters.ts';

/**
 * Privacy.md section 1: shards do not couple through time or failure. One patient's records do the worst they can; what
 * the router sees is a frame of the same kind on a tick, in which every other shard's part is the same to the bit. That
 * the worst of them fits the first tick is reckoned in lanes/lanes.test.ts: here the machine may be busy.
 */
const SHARDS = 16;
const KEY = Buffer.alloc(32, 9);
const QUESTION = 'poison: cough and fever since the morning';
const CANDIDATES = [2, 4, 8, 12, 16, 45];
/** A shard that held up its round until the end of it would hold up its test for longer than that may take. */
const ROUND_MS = 60 * ROUND_DEADLINE_MS;
const module = (name: string) => new URL(`./testing/${name}.ts`, import.meta.url);
const MODULES = { scorer: module('poison-scorer'), indexer: module('poison-indexer') };

const { path, write } = useExportFolder();
let shards: Shards;
let spendLog: SpendLog;
let quarantined: number[];
beforeEach(() => {
  quarantined = [];
});
afterEach(async () => {
  await shards.close();
  await spendLog.close();
});

/** What a planted patient's notes say, and the code of their diagnosis. */
type Villain = { texts?: string[]; code?: string };

/** Ids of planted patients, each in a shard of its own. */
const VILLAINS = Array.from({ length: 200 }, (_, at) => `villain-${at}`).filter(
  (id, at, ids) => ids.findIndex((other) => shardOf(KEY, other, SHARDS) === shardOf(KEY, id, SHARDS)) === at,
);
const shardsOf = (villains: readonly Villain[]) =>
  villains.map((_, at) => shardOf(KEY, VILLAINS[at]!, SHARDS)).sort((a, b) => a - b);

/** Forty patients who cough or have a headache, and those who are planted. */
async function startNode(villains: readonly Villain[]): Promise<RoundNode> {
  const ids = Array.from({ length: 40 }, (_, at) => `p${at}`);
  const says = (at: number): Json =>
    textContent(at % 3 ? `cough and fever, day ${at}` : `headache with nausea, day ${at}`);
  const code = (at: number): Json =>
    at % 3 ? concept('J18.9', 'Pneumonia') : concept('G43.909', 'Migraine');
  const date = { recordedDate: '2024-05-06' };
  const planted = villains.map(({ texts = ['cough and fever'], code: label = 'J18.9' }, at) => {
    const id = VILLAINS[at]!;
    return {
      id,
      condition: condition(`c${id}`, id, { ...date, code: concept(label, label) }),
      notes: texts.map((text, nth) => note(`n${id}-${nth}`, id, undefined, textContent(text))),
    };
  });
  await write(
    'Patient',
    [...ids, ...planted.map(({ id }) => id)].map((id) => patient(id)),
  );
  await write('Condition', [
    ...ids.map((id, at) => condition(`c${id}`, id, { ...date, code: code(at) })),
    ...planted.map((one) => one.condition),
  ]);
  await write('DocumentReference', [
    ...ids.map((id, at) => note(`n${id}`, id, undefined, says(at))),
    ...planted.flatMap((one) => one.notes),
  ]);
  shards = await startShards({
    recordsDir: path(),
    shardKey: KEY,
    shards: SHARDS,
    lanes: 2,
    roundMs: ROUND_MS,
    modules: MODULES,
    onQuarantined: (shard) => quarantined.push(shard),
  });
  await shards.learnTokens(LETTERS);
  const identity = generateKeyPairSync('ed25519').privateKey;
  spendLog = await SpendLog.open(`${path()}/spend-log`, config.nodeId, identity);
  const log = createLogger('test');
  log.level = 'silent';
  return {
    config: { ...config, limitRhoPico: String(10n ** 12n), shards: SHARDS, tickMs: DEFAULT_TICK_MS },
    spendLog,
    history: new RequestHistory(),
    ...masking(),
    shards,
    capabilities: letterEngine.capabilities,
    shortAnswers: async () => letterEngine,
    log,
    answered: new Map(),
  };
}

const voteRound = () => makeRound({ requestId: randomUUID() }, undefined, QUESTION);
const tokenRound = () => makeTokenRound({ query: { prompt: QUESTION, candidates: CANDIDATES } });

/** What leaves the node: the kind of frame, its length, the vector without its masks, and whether that was before the tick. */
async function release(node: RoundNode, round: ReturnType<typeof makeRound>) {
  const startedAtMs = performance.now();
  const bytes = await answerRound(node, round);
  const isEarly = performance.now() - startedAtMs < DEFAULT_TICK_MS;
  const { type, tail } = decodeFrame(bytes);
  const vector = unmasked(round, decodeVector(tail, round.header.len));
  return { type, isEarly, tail: encodeVector(Uint32Array.from(vector)).toString('hex') };
}

/** The sum over all shards but some, reckoned here from the same records by the product's own functions. */
async function sumWithout(lost: readonly number[], round: ReturnType<typeof makeRound>) {
  const { records } = await readBulkFolder(path());
  const ask = prepareTask(await taskOf(round, async () => letterEngine));
  const sum = new Int32Array(round.header.len);
  partition(records, KEY, SHARDS).forEach((own, shard) => {
    if (lost.includes(shard)) return;
    const data: ShardData = { index: indexShard.indexOf(own), tokens: indexShard.tokensOf(own, LETTERS) };
    ask(data).forEach((value, at) => {
      sum[at]! += value;
    });
  });
  return { type: 'contribution', isEarly: false, tail: Buffer.from(sum.buffer).toString('hex') };
}

async function expectOnlyLost(
  node: RoundNode,
  lost: readonly number[],
  makes: readonly (() => ReturnType<typeof makeRound>)[] = [voteRound, tokenRound],
): Promise<void> {
  const rounds = makes.map((make) => make());
  const expected = await Promise.all(rounds.map((round) => sumWithout(lost, round)));
  expect(await Promise.all(rounds.map((round) => release(node, round)))).toEqual(expected);
}
const ascending = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);

test('nothing planted: every shard has its say', async () => {
  const node = await startNode([]);
  await expectOnlyLost(node, []);
  expect(BigInt(`0x${(await sumWithout([], tokenRound())).tail}`)).not.toBe(0n);
  expect(quarantined).toEqual([]);
});

test('a huge record is one record like others', async () => {
  const node = await startNode([{ texts: ['cough '.repeat(1_000_000), 'x'.repeat(5_000_000)] }]);
  await expectOnlyLost(node, []);
  expect(quarantined).toEqual([]);
});

test('records that throw, send what does not fit, end their thread, fill its memory or never end: all in one round', async () => {
  const villains = ['throw', 'unfit', 'short', 'exit', 'memory', 'endless'].map((what) => ({
    code: `poison-${what}`,
  }));
  const node = await startNode(villains);
  const lost = shardsOf(villains);
  await expectOnlyLost(node, lost);
  // Again, now that some are known for what they do.
  await expectOnlyLost(node, lost);
  await expectOnlyLost(node, lost);
  const ending = villains.map((_, at) => shardOf(KEY, VILLAINS[at]!, SHARDS)).slice(3);
  expect(ascending(quarantined)).toEqual(ascending(ending));
});

test('records that end threads whatever is asked are found before the first round', async () => {
  const villains = [{ code: 'poison-exit-always' }, { code: 'poison-endless-always' }];
  const node = await startNode(villains);
  expect(ascending(quarantined)).toEqual(shardsOf(villains));
  await expectOnlyLost(node, shardsOf(villains));
});

test('a record that throws or ends the thread while its shard is built costs that shard', async () => {
  const villains = ['throws', 'exits'].map((what) => ({ texts: [`cough and poison ${what} at index`] }));
  const node = await startNode(villains);
  expect(ascending(quarantined)).toEqual(shardsOf(villains));
  await expectOnlyLost(node, shardsOf(villains));
});

test('so does one while its shard is read as tokens: that shard gives no short answers, and votes on', async () => {
  const villains = ['throws', 'exits'].map((what) => ({ texts: [`cough and poison ${what} at tokens`] }));
  const node = await startNode(villains);
  expect(ascending(quarantined)).toEqual(shardsOf(villains));
  await expectOnlyLost(node, [], [voteRound]);
  await expectOnlyLost(node, shardsOf(villains), [tokenRound]);
});

test('an engine that throws makes every shard abstain, in a frame like any other', async () => {
  const node = await startNode([]);
  const nextToken = () => Promise.reject(new Error('the model failed'));
  node.shortAnswers = async () => ({ ...letterEngine, nextToken });
  expect(await release(node, tokenRound())).toEqual({
    type: 'contribution',
    isEarly: false,
    tail: '00'.repeat(4 * CANDIDATES.length),
  });
});
