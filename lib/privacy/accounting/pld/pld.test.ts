import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moreRevealing, PAIRED_KINDS } from '../../testing/events.ts';
import type { PrivacyEvent } from '../events.ts';
import { gaussianDelta, gaussianEpsilon } from '../gaussian.ts';
import { composeRdp, epsilonFromRdp } from '../rdp/rdp.ts';
import { pldDelta, pldEpsilon } from './pld.ts';

const RUNS = { numRuns: 5 };

/** Two answers of 3:1 and two of 2:1 odds, so that every probability is a fraction. */
const THREE_TO_ONE: PrivacyEvent = {
  type: 'randomized_response',
  noise_parameter: 1 / 2,
  num_buckets: 2,
  count: 1,
};
const TWO_TO_ONE: PrivacyEvent = {
  type: 'randomized_response',
  noise_parameter: 2 / 3,
  num_buckets: 2,
  count: 1,
};

/** delta at e^epsilon = odds of `threes` answers at 3:1 and `twos` at 2:1, in exact fractions. */
function exactDelta(threes: number, twos: number, odds: bigint): number {
  let sum = 0n;
  for (let i = 0; i <= threes; i += 1) {
    for (let j = 0; j <= twos; j += 1) {
      const ways = choose(threes, i) * choose(twos, j);
      const p = 3n ** BigInt(i) * 2n ** BigInt(j);
      const q = 3n ** BigInt(threes - i) * 2n ** BigInt(twos - j);
      if (p > odds * q) sum += ways * (p - odds * q);
    }
  }
  const total = 4n ** BigInt(threes) * 3n ** BigInt(twos);
  return Number((sum * 10n ** 30n) / total) / 1e30;
}

function choose(n: number, k: number): bigint {
  let ways = 1n;
  for (let i = 1; i <= k; i += 1) ways = (ways * BigInt(n - k + i)) / BigInt(i);
  return ways;
}

describe('against exact fractions', () => {
  it.each([
    [1, 0, 2n],
    [10, 0, 8n],
    [40, 25, 1000n],
    [200, 0, 10n ** 30n],
    [100, 300, 10n ** 40n],
  ])('%d answers at 3:1 and %d at 2:1, e^epsilon %d', (threes, twos, odds) => {
    const events = [
      { ...THREE_TO_ONE, count: threes },
      ...(twos > 0 ? [{ ...TWO_TO_ONE, count: twos }] : []),
    ];
    const exact = exactDelta(threes, twos, odds);
    const got = pldDelta(events, Math.log(Number(odds)), 'replace_one')!;
    expect(got).toBeGreaterThanOrEqual(exact * (1 - 1e-12));
    expect(got).toBeLessThanOrEqual(exact * 1.001 + 1e-11);
  });

  it('is not fooled by a delta far below the usual', () => {
    const events = [{ ...THREE_TO_ONE, count: 50 }];
    const epsilon = pldEpsilon(events, 1e-11, 'replace_one')!;
    expect(exactDelta(50, 0, BigInt(Math.ceil(Math.exp(epsilon))))).toBeLessThanOrEqual(1e-11);
    expect(exactDelta(50, 0, BigInt(Math.floor(Math.exp(epsilon - 0.05))))).toBeGreaterThan(1e-11);
  });
});

describe('against the exact Gaussian', () => {
  it('is never below it, and next to it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.02, max: 60, noNaN: true }),
        fc.constantFrom(1e-10, 1e-8, 1e-5, 1e-2),
        (mu, delta) => {
          const events: PrivacyEvent[] = [{ type: 'gaussian', noise_multiplier: 1 / mu, count: 1 }];
          const exact = gaussianEpsilon(mu, delta);
          const got = pldEpsilon(events, delta, 'add_or_remove_one')!;
          expect(got).toBeGreaterThanOrEqual(exact - 1e-9);
          expect(got).toBeLessThanOrEqual(exact * (1 + 1e-4) + 1e-5);
          expect(pldDelta(events, exact, 'add_or_remove_one', delta)!).toBeGreaterThanOrEqual(
            gaussianDelta(mu, exact) * (1 - 1e-9),
          );
        },
      ),
      { numRuns: 15 },
    );
  });

  it('holds for noise of half the sensitivity, ten thousand times', () => {
    const events: PrivacyEvent[] = [{ type: 'gaussian', noise_multiplier: 0.5, count: 10_000 }];
    const exact = gaussianEpsilon(200, 1e-5);
    const got = pldEpsilon(events, 1e-5, 'add_or_remove_one')!;
    expect(got).toBeGreaterThanOrEqual(exact);
    expect(got).toBeLessThan(exact * (1 + 1e-5));
  });

  it('counts a replaced record twice', () => {
    const events: PrivacyEvent[] = [{ type: 'gaussian', noise_multiplier: 4, count: 1 }];
    expect(pldEpsilon(events, 1e-5, 'replace_one')!).toBeCloseTo(gaussianEpsilon(0.5, 1e-5), 6);
  });
});

describe.each(PAIRED_KINDS)('$name', ({ events, adjacency }) => {
  it('reveals more with every parameter that costs', () => {
    fc.assert(
      fc.property(events, fc.double({ min: 1.01, max: 1.5, noNaN: true }), (event, factor) => {
        const before = pldEpsilon([event], 1e-5, adjacency)!;
        for (const worse of moreRevealing(event, factor)) {
          // Grids differ between the two, each with a pessimism of its own.
          expect(pldEpsilon([worse], 1e-5, adjacency)!).toBeGreaterThanOrEqual(before * (1 - 1e-3) - 1e-6);
        }
      }),
      RUNS,
    );
  });

  it('costs as much at once as in parts, in either order', () => {
    fc.assert(
      fc.property(events, fc.integer({ min: 1, max: 20 }), (event, count) => {
        const other: PrivacyEvent = { type: 'bounded_range', eta: 0.3, count: 5 };
        const together = pldEpsilon([{ ...event, count: event.count + count }, other], 1e-5, adjacency)!;
        const apart = pldEpsilon([other, { ...event, count }, event], 1e-5, adjacency)!;
        expect(Math.abs(apart - together)).toBeLessThanOrEqual(1e-7 * together);
      }),
      RUNS,
    );
  });

  it('falls as delta grows, and returns to delta', () => {
    fc.assert(
      fc.property(events, fc.constantFrom(1e-9, 1e-7, 1e-5, 1e-3), (event, delta) => {
        const epsilon = pldEpsilon([event], delta, adjacency)!;
        expect(pldEpsilon([event], delta * 10, adjacency)!).toBeLessThanOrEqual(epsilon + 1e-9);
        if (Number.isFinite(epsilon))
          expect(pldDelta([event], epsilon, adjacency, delta)!).toBeLessThanOrEqual(delta * (1 + 1e-6));
      }),
      RUNS,
    );
  });
});

/** Kinds whose Renyi bound is of the same pair. A bounded range's is not: its steps share one t in neither. */
const TIGHTER = PAIRED_KINDS.filter(
  ({ name }) => !['bounded_range', 'poisson_laplace', 'discrete_laplace'].includes(name),
);

it.each(TIGHTER)('$name: no looser than its Renyi bound', ({ events, adjacency }) => {
  fc.assert(
    fc.property(events, (event) => {
      const rdp = epsilonFromRdp(composeRdp([event], adjacency)!, 1e-5).epsilon;
      const pld = pldEpsilon(
        [event],
        1e-5,
        adjacency === 'replace_one' && event.type === 'gaussian' ? 'add_or_remove_one' : adjacency,
      )!;
      if (rdp > 0 && Number.isFinite(rdp)) expect(pld).toBeLessThanOrEqual(rdp * (1 + 1e-3) + 1e-5);
    }),
    { numRuns: 8 },
  );
});

describe('bad input', () => {
  const one: PrivacyEvent[] = [THREE_TO_ONE];

  it.each([Number.NaN, 0, 1, -1e-5])('delta %d is refused by name', (delta) => {
    expect(() => pldEpsilon(one, delta, 'replace_one')).toThrow(/^delta/);
  });

  it('has no value for a delta that float error could decide', () => {
    expect(pldEpsilon(one, 1e-12, 'replace_one')).toBeNull();
  });

  it('has no value where an event names no worst pair, and none is spent by nothing', () => {
    expect(pldEpsilon([{ type: 'zcdp', rho: 0.1, xi: 0, count: 1 }], 1e-5, 'replace_one')).toBeNull();
    expect(pldEpsilon([], 1e-5, 'replace_one')).toBe(0);
  });

  it('refuses more kinds than it can transform', () => {
    const events = Array.from(
      { length: 257 },
      (_, i): PrivacyEvent => ({ type: 'bounded_range', eta: 0.1 + i / 1000, count: 1 }),
    );
    expect(() => pldEpsilon(events, 1e-5, 'replace_one')).toThrow(/^events/);
  });

  it('is infinite where failures alone exceed delta', () => {
    const events: PrivacyEvent[] = [{ type: 'epsilon_delta', epsilon: 0.1, delta: 1e-6, count: 100 }];
    expect(pldEpsilon(events, 1e-5, 'replace_one')).toBe(Number.POSITIVE_INFINITY);
  });
});
