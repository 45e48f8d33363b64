import { bucketStarts } from '#lib/time/range';
import type { TimeRange } from '#lib/time/range-presets';
import { periodBounds } from './period-bounds.ts';

const DAY_MS = 86_400_000;
/** A projection reaches as far ahead as half of what is shown of the past. */
const AHEAD = 0.5;

export type Projected = { at: string; totalRho: number };
type Account = { period: string; spentRho: string; capRho: string };

/**
 * Where the running total goes at the mean pace of the days given (pico-rho each), up to the cap, as points after `now`.
 * None where nothing was spent, where the range ends before now, and past the period's end.
 */
export function projectSpend(
  account: Account,
  dailySpendPico: readonly number[],
  range: TimeRange,
  now: Date,
): Projected[] {
  const spent = dailySpendPico.reduce((sum, day) => sum + day, 0);
  const from = new Date(range.to);
  if (spent === 0 || now.getTime() - from.getTime() > DAY_MS) return [];
  const reach = from.getTime() + AHEAD * (from.getTime() - Date.parse(range.from));
  const to = new Date(Math.min(reach, periodBounds(account.period).end.getTime()));
  if (to <= from) return [];
  const aDay = spent / dailySpendPico.length / 1e12;
  const ahead = bucketStarts({ ...range, from: from.toISOString(), to: to.toISOString() }).slice(1);
  return [...ahead, to.toISOString()].map((at) => ({
    at,
    totalRho: Math.min(
      Number(account.capRho),
      Number(account.spentRho) + aDay * ((Date.parse(at) - from.getTime()) / DAY_MS),
    ),
  }));
}
