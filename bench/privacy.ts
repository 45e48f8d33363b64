import { availableParallelism, loadavg } from 'node:os';
import { closeRun, openRun } from '../scripts/test/run-folder.ts';
import { UsageError } from './lib/args.ts';
import type { Benchmark } from './lib/benchmark.ts';
import { median } from './lib/median.ts';
import { atMost, type Row } from './lib/result-json.ts';
import { table } from './lib/table.ts';
import { startBenchRouter } from './privacy/bench-router.ts';
import { CALLS } from './privacy/calls.ts';
import { askShortAnswer, askVote, TOKENS } from './privacy/requests.ts';
import { type Load, routerCpuMs } from './privacy/router-cpu.ts';
import { timeCalls } from './privacy/time-calls.ts';

const BATCHES = 15;
const QUICK_BATCHES = 3;

/** Alone, a request pays for every wake-up of the process by itself; with others under way it shares them. */
const LOADS: readonly (Load & { id: string; what: string; target: number | null })[] = [
  { id: 'vote-cpu-1', what: 'vote, 1 at once', ask: askVote, perBatch: 20, atOnce: 1, parts: 1, target: 3 },
  {
    id: 'vote-cpu-10',
    what: 'vote, 10 at once',
    ask: askVote,
    perBatch: 20,
    atOnce: 10,
    parts: 1,
    target: 3,
  },
  {
    id: 'token-cpu-2',
    what: 'token of a short answer, 2 at once',
    ask: askShortAnswer,
    perBatch: 2,
    atOnce: 2,
    parts: TOKENS,
    target: null,
  },
];

const load = () => `load average ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`;

type Timed = { row: Row; slowest: number };

function arithmetic(batches: number): Timed[] {
  return timeCalls(CALLS, batches).map(({ id, metric, unit, target, median, slowest }) => ({
    row: atMost({ id, metric, value: median, unit }, target),
    slowest,
  }));
}

async function wholeRequests(batches: number): Promise<Timed[]> {
  const folder = await openRun();
  try {
    const router = await startBenchRouter(folder);
    try {
      const timed: Timed[] = [];
      for (const { id, what, target, ...asked } of LOADS) {
        const times = await routerCpuMs(router, batches, asked);
        const metric = `${what}, ${router.shards} shards, router CPU`;
        const row = { id, metric, value: median(times), unit: 'ms' };
        timed.push({ row: atMost(row, target), slowest: Math.max(...times) });
      }
      console.log(`After the requests: ${load()}.`);
      return timed;
    } finally {
      await router.stop();
    }
  } finally {
    await closeRun(folder);
  }
}

/** Medians of batch means, and the slowest batch: a machine that is busy with other things shows there. */
export const privacy: Benchmark = {
  name: 'privacy',
  summary:
    'Time of what is done for one private request: admission, draws, what it is worth, and a whole vote in router CPU.',
  flags: { values: ['batches'], switches: ['quick', 'no-vote'] },
  async run({ values, switches }) {
    const batches = Number(values.batches ?? (switches.has('quick') ? QUICK_BATCHES : BATCHES));
    if (!Number.isInteger(batches) || batches < 1)
      throw new UsageError('--batches must be a whole number from 1.');
    console.log(`Medians of ${batches} batches; ${load()}.`);
    const timed = arithmetic(batches);
    if (!switches.has('no-vote')) timed.push(...(await wholeRequests(batches)));
    console.log(
      table(
        ['what', 'median', 'slowest batch', 'aim', ''],
        timed.map(({ row: { metric, value, unit, target, met }, slowest }) => [
          metric,
          `${value.toPrecision(3)} ${unit}`,
          `${slowest.toPrecision(3)} ${unit}`,
          target === null ? '' : `${target} ${unit}`,
          met === null ? '' : met ? 'met' : 'MISSED',
        ]),
      ),
    );
    return { rows: timed.map(({ row }) => row) };
  },
};
