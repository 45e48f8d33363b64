import { DEFAULT_QUOTAS, FEATURES_PER_PROMPT } from '../worker/node/records/quotas.ts';
import { castVotes } from '../worker/node/retrieval/cast-votes.ts';
import { buildShardIndex } from '../worker/node/retrieval/shard-index.ts';
import type { Benchmark } from './lib/benchmark.ts';
import { table } from './lib/table.ts';

const SHARDS = 64;
const LABELS = 64;
const RUNS = 50;
/** A node's reply leaves this long after a round arrives (worker/node/config.ts); the vote must be done by then. */
const TICK_MS = 120;

const word = (number: number) =>
  `zq${[...String(number)].map((digit) => 'bcdfghjklm'[Number(digit)]).join('')}`;

/** Every record holds every feature of the prompt and as many labels as count, and every label is asked about. */
function worstCase() {
  const text = Array.from({ length: DEFAULT_QUOTAS.wordsPerRecord }, (_, at) => word(at)).join(' ');
  const labels = Array.from({ length: LABELS }, (_, at) => `Label ${at} (disorder)`);
  const records = Array.from({ length: DEFAULT_QUOTAS.recordsPerShard + 1 }, (_, at) => ({
    patientId: `p${at}`,
    text,
    labels: Array.from({ length: DEFAULT_QUOTAS.labelsPerRecord }, (_, nth) => {
      const display = labels[(at + nth) % LABELS] ?? '';
      return { code: display, display };
    }),
  }));
  return {
    prompt: text,
    labels,
    shards: Array.from({ length: SHARDS }, () => buildShardIndex(records, DEFAULT_QUOTAS)),
  };
}

/** Rows are in ms of one core; the first vote of a process is its slowest, which is why a lane rehearses. */
export const voteTime: Benchmark = {
  name: 'vote-time',
  summary: 'The slowest vote one node can be made to cast: 64 shards at their quotas, in milliseconds.',
  flags: { values: [], switches: [] },
  async run() {
    const input = worstCase();
    const timesMs = Array.from({ length: RUNS }, () => {
      const startedAtMs = performance.now();
      castVotes(input);
      return performance.now() - startedAtMs;
    });
    const first = timesMs[0] ?? 0;
    timesMs.sort((a, b) => a - b);
    const at = (share: number) => timesMs[Math.floor(share * (RUNS - 1))] ?? 0;
    const measured = [
      ['first', first, null],
      ['fastest', at(0), null],
      ['median', at(0.5), TICK_MS],
      ['slowest', at(1), null],
    ] as const;
    console.log(
      `${SHARDS} shards x ${DEFAULT_QUOTAS.recordsPerShard} records, ${FEATURES_PER_PROMPT} features, ${LABELS} labels, ${RUNS} votes`,
    );
    console.log(
      table(
        ['vote', 'ms'],
        measured.map(([name, value]) => [name, value.toFixed(1)]),
      ),
    );
    return {
      rows: measured.map(([name, value, target]) => ({
        id: `worst-case-${name}`,
        metric: `time of the ${name} vote`,
        value,
        unit: 'ms',
        target,
        met: target === null ? null : value <= target,
      })),
    };
  },
};
