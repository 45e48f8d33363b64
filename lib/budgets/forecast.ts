import { seededDraws } from './seeded-draws.ts';

/**
 * When a budget runs out, if it is spent as in the last weeks.
 *
 * Method, as the page states it: five hundred futures are strung together from whole past weeks, each day meeting its own
 * weekday. Every future first redraws the past weeks themselves (a bootstrap of a bootstrap), since eight weeks do not
 * fix the pace exactly, and then drifts, up or down, about as fast as the newer half of the weeks did from the older.
 * The middle 80 % of the dates on which the futures run out is the range. It knows of no plans and no holidays.
 */
export type Forecast =
  | { kind: 'period_over' }
  | { kind: 'exhausted' }
  /** Fewer whole weeks, or fewer days on which anything was spent, than a pace can be read from. */
  | { kind: 'too_little_history'; daysWithSpend: number }
  /** At most a tenth of the futures run out before the period ends. */
  | { kind: 'not_before_end' }
  /** Days (UTC, YYYY-MM-DD) by which 10, 50 and 90 % of the futures have run out; null is not before the period ends. */
  | { kind: 'runs_out'; earliest: string; likely: string | null; latest: string | null };

export type ForecastInput = {
  /** Spend of each full day up to yesterday, oldest first, in any unit; quiet days are 0. */
  dailySpend: readonly number[];
  /** What is left now, in the same unit. */
  remaining: number;
  /** Below this nothing more can be asked: the price of a default question. */
  smallest: number;
  now: Date;
  /** First moment after the period. */
  periodEnd: Date;
};

export const FORECAST_WEEKS = 8;
export const MIN_WEEKS = 4;
export const MIN_DAYS_WITH_SPEND = 14;
const FUTURES = 500;
const DAY_MS = 86_400_000;
const SEED = 20_261;
/** The pace is followed to twice and to half of what it was, no further. */
const MAX_DRIFT = Math.LN2;

type Week = { days: readonly number[]; total: number };

export function forecast(input: ForecastInput): Forecast {
  const { remaining, smallest, now, periodEnd } = input;
  if (now >= periodEnd) return { kind: 'period_over' };
  if (remaining < smallest || remaining <= 0) return { kind: 'exhausted' };
  const weeks = wholeWeeks(input.dailySpend);
  const daysWithSpend = weeks.flatMap((week) => week.days).filter((spend) => spend > 0).length;
  if (weeks.length < MIN_WEEKS || daysWithSpend < MIN_DAYS_WITH_SPEND) {
    return { kind: 'too_little_history', daysWithSpend };
  }
  const today = Math.floor(now.getTime() / DAY_MS);
  const days = Math.ceil(periodEnd.getTime() / DAY_MS) - today;
  const leftOfToday = 1 - (now.getTime() - today * DAY_MS) / DAY_MS;
  const drift = paceDrift(weeks);
  // A generator for each future, so that a future is the same whatever is left: more left never comes earlier.
  const runOut = Array.from({ length: FUTURES }, (_, index) => {
    const draw = seededDraws(SEED + index);
    const redrawn = weeks.map(() => weeks[draw(weeks.length)]!);
    return daysUntil(remaining - smallest, days, leftOfToday, redrawn, drift * bell(draw), draw);
  }).sort((a, b) => a - b);
  const dayAt = (share: number) => {
    const offset = runOut[Math.ceil(share * FUTURES) - 1]!;
    return offset < days ? new Date((today + offset) * DAY_MS).toISOString().slice(0, 10) : null;
  };
  const earliest = dayAt(0.1);
  return earliest === null
    ? { kind: 'not_before_end' }
    : { kind: 'runs_out', earliest, likely: dayAt(0.5), latest: dayAt(0.9) };
}

/** The last eight weeks or as many as there are, oldest first; each ends yesterday's weekday, so day 0 is today's. */
function wholeWeeks(dailySpend: readonly number[]): Week[] {
  const first = dailySpend.findIndex((spend) => spend > 0);
  const lived = first < 0 ? [] : dailySpend.slice(first);
  const count = Math.min(FORECAST_WEEKS, Math.floor(lived.length / 7));
  return Array.from({ length: count }, (_, index) => {
    const start = lived.length - 7 * (count - index);
    const days = lived.slice(start, start + 7);
    return { days, total: days.reduce((sum, spend) => sum + spend, 0) };
  });
}

/** How far the pace moved from the older to the newer half of the weeks, as the absolute log of their ratio. */
function paceDrift(weeks: readonly Week[]): number {
  const half = Math.floor(weeks.length / 2);
  const total = (part: readonly Week[]) => part.reduce((sum, week) => sum + week.total, 0);
  const older = total(weeks.slice(0, half));
  const newer = total(weeks.slice(weeks.length - half));
  // Half of the weeks without any spend: the pace can be anything.
  return older > 0 && newer > 0 ? Math.abs(Math.log(newer / older)) / (7 * half) : MAX_DRIFT;
}

/** About normal, with a standard deviation of 1: the sum of three uniform draws. */
function bell(draw: (below: number) => number): number {
  const sum = draw(1001) + draw(1001) + draw(1001);
  return (2 * sum) / 1000 - 3;
}

/** On which day from today a future has spent more than `bearable`; `days` where it does not before the period ends. */
function daysUntil(
  bearable: number,
  days: number,
  leftOfToday: number,
  weeks: readonly Week[],
  driftADay: number,
  draw: (below: number) => number,
): number {
  const centreOfPast = (7 * weeks.length) / 2;
  let spent = 0;
  for (let start = 0; start < days; start += 7) {
    const week = weeks[draw(weeks.length)]!;
    const drifted = driftADay * (centreOfPast + start);
    const pace = Math.exp(Math.max(-MAX_DRIFT, Math.min(MAX_DRIFT, drifted)));
    const first = start === 0 ? week.days[0]! * (1 - leftOfToday) : 0;
    // Most weeks are passed whole; only the last one is walked by its days.
    if (spent + pace * (week.total - first) <= bearable) {
      spent += pace * (week.total - first);
      continue;
    }
    spent -= pace * first;
    for (let day = start; day < Math.min(days, start + 7); day++) {
      spent += pace * week.days[day - start]!;
      if (spent > bearable) return day;
    }
  }
  return days;
}
