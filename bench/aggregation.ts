import { availableParallelism, loadavg } from 'node:os';
import { DEFAULT_TICK_MS } from '../worker/node/lanes/time-quotas.ts';
import { type BenchFederation, startBenchFederation } from './aggregation/federation.ts';
import { oneVote, WAYS, type Way } from './aggregation/rounds.ts';
import { sumTimes } from './aggregation/sum-times.ts';
import { UsageError } from './lib/args.ts';
import type { Benchmark } from './lib/benchmark.ts';
import { median } from './lib/median.ts';
import { atMost, type Row } from './lib/result-json.ts';
import { table } from './lib/table.ts';

const NODES = 9;
const LABELS = Array.from({ length: 12 }, (_, i) => `Condition ${i}`);
const ROUNDS = 60;
const QUICK_ROUNDS = 10;
const AT_ONCE = 8;
/** Of a vote's latency, at nine nodes. */
const OVERHEAD_TARGET = 0.15;

type Timed = Record<Way, number[]>;

/** One vote of each way in turn, so that a busy moment of the machine falls on all of them; the first are not counted. */
async function inTurn(rounds: number, vote: (way: Way) => Promise<unknown>): Promise<Timed> {
  const times: Timed = { unmasked: [], 'all-or-nothing': [], 'survives-dropouts': [] };
  for (let round = -2; round < rounds; round += 1) {
    for (const way of WAYS) {
      const startedAtMs = performance.now();
      await vote(way);
      if (round >= 0) times[way].push(performance.now() - startedAtMs);
    }
  }
  return times;
}

/** What one node does more before it sends: masks, and where members may be absent shares of its own seed. */
async function upload(work: BenchFederation, rounds: number, way: Way): Promise<Row> {
  work.masks.timesMs = [];
  for (let round = 0; round < Math.ceil(rounds / 3); round += 1) await oneVote(work, way, LABELS);
  const value = median(work.masks.timesMs);
  return atMost({ id: `upload-${way}`, metric: `masking at one node, ${way}`, value, unit: 'ms' });
}

function rowsOf(id: string, metric: string, times: Timed, target: number | null): Row[] {
  const plain = median(times.unmasked);
  return WAYS.flatMap((way) => {
    const value = median(times[way]);
    const row = atMost({ id: `${id}-${way}`, metric: `${metric}, ${way}`, value, unit: 'ms' });
    if (way === 'unmasked') return [row];
    const over = { id: `${id}-overhead-${way}`, metric: `${metric}, overhead of ${way}`, unit: 'share' };
    return [row, atMost({ ...over, value: value / plain - 1 }, target)];
  });
}

/** Nodes and router share one process and its cores: what is added to a vote here is more than on machines of their own. */
export const aggregation: Benchmark = {
  name: 'aggregation',
  summary:
    'What masks add to a vote of nine nodes over real sockets: set-up, upload, sum, latency, throughput.',
  flags: { values: ['rounds', 'nodes'], switches: ['quick'] },
  async run({ values, switches }) {
    const rounds = Number(values.rounds ?? (switches.has('quick') ? QUICK_ROUNDS : ROUNDS));
    const nodes = Number(values.nodes ?? NODES);
    if (!Number.isInteger(rounds) || rounds < 1)
      throw new UsageError('--rounds must be a whole number from 1.');
    if (!Number.isInteger(nodes) || nodes < 4 || nodes > 50)
      throw new UsageError('--nodes must be a whole number from 4 to 50.');
    const load = () => `load average ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`;
    console.log(
      `${nodes} nodes, ${LABELS.length} labels, medians of ${rounds} votes of each way in turn; ${load()}.`,
    );
    const rows: Row[] = [];

    const work = await startBenchFederation(nodes, 1);
    try {
      rows.push(
        atMost({ id: 'set-up', metric: 'keys of all, per node', value: work.setUpMs / nodes, unit: 'ms' }),
      );
      rows.push(
        ...rowsOf(
          'work',
          'vote without the tick',
          await inTurn(rounds, (way) => oneVote(work, way, LABELS)),
          null,
        ),
      );
      for (const way of WAYS) {
        if (way !== 'unmasked') rows.push(await upload(work, rounds, way));
        const startedAtMs = performance.now();
        for (let done = 0; done < rounds; done += AT_ONCE)
          await Promise.all(Array.from({ length: AT_ONCE }, () => oneVote(work, way, LABELS)));
        const votes = Math.ceil(rounds / AT_ONCE) * AT_ONCE;
        const value = votes / ((performance.now() - startedAtMs) / 1000);
        const metric = `throughput, ${AT_ONCE} at once, without the tick, ${way}`;
        rows.push(atMost({ id: `throughput-${way}`, metric, value, unit: 'votes/s' }));
      }
    } finally {
      await work.stop();
    }

    const sums = await sumTimes(nodes, LABELS.length, rounds);
    for (const way of ['all-or-nothing', 'survives-dropouts'] as const) {
      const metric = `sum at the router, ${way}`;
      rows.push(atMost({ id: `sum-${way}`, metric, value: median(sums[way]), unit: 'ms' }));
    }

    const whole = await startBenchFederation(nodes, DEFAULT_TICK_MS);
    try {
      const times = await inTurn(Math.ceil(rounds / 3), (way) => oneVote(whole, way, LABELS));
      rows.push(
        ...rowsOf('vote', `vote with the product's tick of ${DEFAULT_TICK_MS} ms`, times, OVERHEAD_TARGET),
      );
    } finally {
      await whole.stop();
    }
    console.log(
      table(
        ['what', 'median', 'aim', ''],
        rows.map(({ metric, value, unit, target, met }) => [
          metric,
          unit === 'share' ? `${(100 * value).toFixed(1)} %` : `${value.toPrecision(3)} ${unit}`,
          target === null ? '' : `${100 * target} %`,
          met === null ? '' : met ? 'met' : 'MISSED',
        ]),
      ),
    );
    console.log(`Afterwards: ${load()}.`);
    return { rows };
  },
};
