import { median } from '../lib/median.ts';

/** One thing that is timed, and how often it is done between two looks at the clock. */
export type Call = {
  id: string;
  metric: string;
  unit: 'us' | 'ms';
  target: number | null;
  /** Enough for a batch of ten milliseconds and more, as looking at the processor's clock costs tens of microseconds. */
  perBatch: number;
  /** Does it once; `turn` counts up, so that a call need not see the same input every time. */
  once: (turn: number) => unknown;
};

/** What a call returned last: work whose result nobody could see may be left out by the engine. */
export const seen: { last: unknown } = { last: null };

export type CallTime = Call & { median: number; slowest: number; batches: number };

const US_PER_UNIT = { us: 1, ms: 1e3 };

/**
 * Processor time of a call, as batch means: a batch of each in turn, so that a busy moment of the machine
 * falls on all of them. The first batch of each warms it up and is not counted.
 */
export function timeCalls(calls: readonly Call[], batches: number): CallTime[] {
  const times = calls.map((): number[] => []);
  for (let batch = 0; batch <= batches; batch += 1) {
    for (const [at, { perBatch, once, unit }] of calls.entries()) {
      const before = process.cpuUsage();
      for (let turn = 0; turn < perBatch; turn += 1) seen.last = once(batch * perBatch + turn);
      const { user, system } = process.cpuUsage(before);
      if (batch > 0) times[at]!.push((user + system) / US_PER_UNIT[unit] / perBatch);
    }
  }
  return calls.map((call, at) => ({
    ...call,
    batches,
    median: median(times[at]!),
    slowest: Math.max(...times[at]!),
  }));
}
