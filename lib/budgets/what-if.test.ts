import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epsilonFromRho } from '../privacy/accounting/zcdp.ts';
import { parseRho } from '../privacy/pico-rho.ts';
import { type WhatIfInput, whatIf } from './what-if.ts';

const NOW = new Date('2026-06-15T00:00:00Z');
const input: WhatIfInput = {
  period: '2026',
  delta: '0.00001',
  spentRho: '0.9',
  reservedRho: '0.1',
  othersRho: '1.783',
  dailySpendPico: Array(56).fill(5e9),
  priceRho: '0.000433',
};

describe('a cap that is only thought of', () => {
  it('is said in rho, in questions, as a guarantee and as a date', () => {
    const now = whatIf(input, 10, NOW);
    expect(Number(now.capRho)).toBeCloseTo(1.783, 3);
    expect(now.questionsLeft).toBe((parseRho(now.capRho) - 10n ** 12n) / 433_000_000n);
    expect(now.oddsFactor).toBeCloseTo(Math.exp(now.capEpsilon), 6);
    expect(now.forecast).toMatchObject({ kind: 'runs_out', likely: '2026-11-18' });
    expect(whatIf(input, 12, NOW).forecast).toEqual({ kind: 'not_before_end' });
  });

  it('below what is spent leaves nothing', () => {
    const low = whatIf(input, 5, NOW);
    expect(low).toMatchObject({ belowSpent: true, questionsLeft: 0n, forecast: { kind: 'exhausted' } });
    // What is spent and reserved already counts in full, whatever the cap.
    expect(low.lifetimeCapEpsilon).toBe(epsilonFromRho(parseRho('2.783'), 1e-5));
  });

  it('never means more than was typed, and more of it never buys less', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 40, noNaN: true }),
        fc.double({ min: 0, max: 20, noNaN: true }),
        (epsilon, more) => {
          const less = whatIf(input, epsilon, NOW);
          const larger = whatIf(input, epsilon + more, NOW);
          expect(less.capEpsilon).toBeLessThanOrEqual(epsilon);
          expect(larger.questionsLeft).toBeGreaterThanOrEqual(less.questionsLeft);
          expect(less.lifetimeCapEpsilon).toBeGreaterThanOrEqual(epsilonFromRho(parseRho('1.783'), 1e-5));
        },
      ),
      { numRuns: 20 },
    );
  });
});
