import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Forecast, type ForecastInput, forecast } from './forecast.ts';
import { seededDraws } from './seeded-draws.ts';

const DAY_MS = 86_400_000;
const NOW = new Date('2026-06-15T12:00:00Z');
const END = new Date('2027-01-01T00:00:00Z');
const input = (part: Partial<ForecastInput>): ForecastInput => ({
  dailySpend: Array(56).fill(10),
  remaining: 1_000,
  smallest: 1,
  now: NOW,
  periodEnd: END,
  ...part,
});
/** The days as numbers, "not before the end" being later than any. */
const days = (found: Forecast): number[] => {
  if (found.kind === 'exhausted') return [0, 0, 0];
  if (found.kind !== 'runs_out') return [Infinity, Infinity, Infinity];
  return [found.earliest, found.likely, found.latest].map((day) => (day ? Date.parse(day) : Infinity));
};

describe('the forecast of a budget', () => {
  it('is the plain division where every day is the same', () => {
    // Half of today and 99 whole days: the hundredth day from today takes the last of it.
    expect(forecast(input({}))).toEqual({
      kind: 'runs_out',
      earliest: '2026-09-23',
      likely: '2026-09-23',
      latest: '2026-09-23',
    });
  });

  it('meets each day of the week with its own', () => {
    // Only Mondays spend; NOW is a Monday whose second half is still to come.
    const dailySpend = Array.from({ length: 112 }, (_, day) => (day % 7 === 0 ? 70 : 0));
    expect(forecast(input({ dailySpend, remaining: 150 }))).toMatchObject({ kind: 'too_little_history' });
    const withSundays = dailySpend.map((spend, day) => (day % 7 === 6 ? 1 : spend));
    const found = forecast(input({ dailySpend: withSundays, remaining: 150 }));
    expect(found).toMatchObject({ kind: 'runs_out', earliest: '2026-06-29', latest: '2026-06-29' });
  });

  it('says when it cannot know', () => {
    expect(forecast(input({ dailySpend: [] }))).toEqual({ kind: 'too_little_history', daysWithSpend: 0 });
    expect(forecast(input({ dailySpend: Array(27).fill(10) })).kind).toBe('too_little_history');
    const rare = Array.from({ length: 56 }, (_, day) => (day % 5 === 0 ? 10 : 0));
    expect(forecast(input({ dailySpend: rare })).kind).toBe('too_little_history');
  });

  it('ends with the period, and with what is left', () => {
    expect(forecast(input({ remaining: 10_000 }))).toEqual({ kind: 'not_before_end' });
    expect(forecast(input({ now: END }))).toEqual({ kind: 'period_over' });
    expect(forecast(input({ remaining: 0.5 }))).toEqual({ kind: 'exhausted' });
  });

  const spends = fc.array(fc.nat(50), { minLength: 28, maxLength: 70 });
  const amount = fc.integer({ min: 2, max: 4_000 });

  it('is in order, inside the period, and the same whenever it is asked', () => {
    fc.assert(
      fc.property(spends, amount, (dailySpend, remaining) => {
        const found = forecast(input({ dailySpend, remaining }));
        expect(found).toEqual(forecast(input({ dailySpend, remaining })));
        if (found.kind !== 'runs_out') return;
        const [earliest, likely, latest] = days(found) as [number, number, number];
        expect(earliest).toBeLessThanOrEqual(likely);
        expect(likely).toBeLessThanOrEqual(latest);
        expect(earliest).toBeGreaterThanOrEqual(Math.floor(NOW.getTime() / DAY_MS) * DAY_MS);
        expect(earliest).toBeLessThan(END.getTime());
      }),
      { numRuns: 60 },
    );
  });

  it('never comes earlier for more left, and does not depend on the unit', () => {
    fc.assert(
      fc.property(spends, amount, amount, (dailySpend, remaining, more) => {
        const less = days(forecast(input({ dailySpend, remaining })));
        days(forecast(input({ dailySpend, remaining: remaining + more }))).forEach((day, index) => {
          expect(day).toBeGreaterThanOrEqual(less[index]!);
        });
        const scaled = dailySpend.map((spend) => spend * 4);
        const inOtherUnit = input({ dailySpend: scaled, remaining: remaining * 4, smallest: 4 });
        expect(days(forecast(inOtherUnit))).toEqual(less);
      }),
      { numRuns: 40 },
    );
  });
});

/** Spend as a hospital's: quiet week-ends, days that scatter, some growth over the year. */
function simulatedYear(seed: number, growth: number): number[] {
  const draw = seededDraws(seed);
  return Array.from({ length: 365 }, (_, day) => {
    const weekday = day % 7 < 5 ? 1 : 0.3;
    const level = 40 * weekday * (1 + (growth * day) / 365);
    const questions = Array.from({ length: Math.round(2 * level) }, () => draw(2)).reduce((a, b) => a + b, 0);
    return questions * (8 + draw(5));
  });
}

describe('a backtest', () => {
  it.each([0, 0.3, 0.6])(
    'holds the real day as often as it claims, where spend grows by %s a year',
    (growth) => {
      let held = 0;
      let asked = 0;
      for (let seed = 1; seed <= 60; seed++) {
        const year = simulatedYear(seed, growth);
        const today = 120 + (seed % 40);
        const runsOutOn = today + 20 + ((seed * 7) % 90);
        const remaining = year.slice(today, runsOutOn).reduce((a, b) => a + b, 0) + 1;
        const now = new Date(Date.UTC(2026, 0, 1 + today));
        const found = forecast({
          dailySpend: year.slice(0, today),
          remaining,
          smallest: 1,
          now,
          periodEnd: END,
        });
        const actual = Date.UTC(2026, 0, 1 + runsOutOn);
        const [earliest, , latest] = days(found) as [number, number, number];
        asked += 1;
        if (earliest <= actual && actual <= latest) held += 1;
      }
      expect(held / asked).toBeGreaterThanOrEqual(0.8);
    },
  );
});
