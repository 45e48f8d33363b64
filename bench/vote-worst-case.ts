/**
 * The slowest vote one node can be made to cast: `node bench/vote-worst-case.ts`. 64 shards at their quotas, every
 * record holding every feature of the prompt and as many labels as count.
 */
import { DEFAULT_QUOTAS, FEATURES_PER_PROMPT } from '../worker/node/records/quotas.ts';
import { castVotes } from '../worker/node/retrieval/cast-votes.ts';
import { buildShardIndex } from '../worker/node/retrieval/shard-index.ts';

const SHARDS = 64;
const LABELS = 64;
const RUNS = 50;

const word = (number: number) =>
  `zq${[...String(number)].map((digit) => 'bcdfghjklm'[Number(digit)]).join('')}`;
const text = Array.from({ length: DEFAULT_QUOTAS.wordsPerRecord }, (_, at) => word(at)).join(' ');
const labels = Array.from({ length: LABELS }, (_, at) => `Label ${at} (disorder)`);
const records = Array.from({ length: DEFAULT_QUOTAS.recordsPerShard + 1 }, (_, at) => ({
  patientId: `p${at}`,
  text,
  labels: labels.map((display) => ({ code: display, display })),
}));
const shards = Array.from({ length: SHARDS }, () => buildShardIndex(records, DEFAULT_QUOTAS));
const prompt = text;

const times = Array.from({ length: RUNS }, () => {
  const startedAtMs = performance.now();
  castVotes({ shards, prompt, labels });
  return performance.now() - startedAtMs;
});
const first = times[0]?.toFixed(1);
times.sort((a, b) => a - b);
const at = (share: number) => times[Math.floor(share * (RUNS - 1))]?.toFixed(1);
console.log(
  `${SHARDS} shards x ${DEFAULT_QUOTAS.recordsPerShard} records, ${FEATURES_PER_PROMPT} features, ${LABELS} labels: ` +
    `first ${first} ms, fastest ${at(0)} ms, median ${at(0.5)} ms, slowest ${at(1)} ms.`,
);
