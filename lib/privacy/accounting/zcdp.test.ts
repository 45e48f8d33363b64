import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rhoPicoToNumber } from '../pico-rho.ts';
import { epsilonFromRho, rhoFromEpsilon } from './zcdp.ts';

const epsilons = fc.double({ min: 1e-4, max: 200, noNaN: true });
const deltas = fc.double({ min: 1e-12, max: 0.5, noNaN: true });
const rhos = fc.bigInt({ min: 1n, max: 10n ** 14n });

describe('rhoFromEpsilon', () => {
  it.each([
    [10, 1e-5, 1.783, 3],
    [1, 1e-6, 0.0244, 4],
    [0.1, 1e-5, 4.33e-4, 6],
    [0.1, 1e-6, 3.21e-4, 6],
    [0.25, 1e-5, 2.36e-3, 5],
    [0.5, 1e-5, 8.51e-3, 5],
    [1, 1e-5, 3.06e-2, 4],
  ])('at epsilon %d and delta %d is the published rho %d', (epsilon, delta, rho, decimals) => {
    expect(Number(rhoPicoToNumber(rhoFromEpsilon(epsilon, delta)).toFixed(decimals))).toBe(rho);
  });

  it('is the largest cost within epsilon', () => {
    fc.assert(
      fc.property(epsilons, deltas, (epsilon, delta) => {
        const rhoPico = rhoFromEpsilon(epsilon, delta);
        expect(epsilonFromRho(rhoPico, delta)).toBeLessThanOrEqual(epsilon);
        expect(epsilonFromRho(rhoPico + 1n, delta)).toBeGreaterThan(epsilon);
      }),
    );
  });

  it('returns to the same cost within the resolution of floats', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 10n ** 5n, max: 10n ** 14n }), (rhoPico) => {
        const back = rhoFromEpsilon(epsilonFromRho(rhoPico, 1e-5), 1e-5);
        // The minimum's own rounding decides the last digits, so two pico-rho and a part in 10^13 are allowed.
        const slack = 2n + rhoPico / 10n ** 13n;
        expect(back >= rhoPico - slack && back <= rhoPico + slack).toBe(true);
      }),
    );
  });

  it('is 0 when one pico-rho is already worth more', () => {
    expect(rhoFromEpsilon(1e-9, 1e-12)).toBe(0n);
  });

  it.each([Number.NaN, 0, -1, Number.POSITIVE_INFINITY])('refuses epsilon %d by name', (epsilon) => {
    expect(() => rhoFromEpsilon(epsilon, 1e-5)).toThrow(/^epsilon/);
  });

  it.each([Number.NaN, 0, -1e-5, 1])('refuses delta %d by name', (delta) => {
    expect(() => rhoFromEpsilon(1, delta)).toThrow(/^delta/);
    expect(() => epsilonFromRho(1n, delta)).toThrow(/^delta/);
  });
});

describe('epsilonFromRho', () => {
  it('is 0 where delta alone covers the cost, and not above that', () => {
    // Total variation is at most sqrt(rho/2), here 7e-7, so (0, 1e-5) holds.
    expect(epsilonFromRho(1n, 1e-5)).toBe(0);
    expect(epsilonFromRho(1n, 1e-12)).toBeGreaterThan(0);
  });

  it('is 0 for nothing spent and refuses a negative cost', () => {
    expect(epsilonFromRho(0n, 1e-5)).toBe(0);
    expect(() => epsilonFromRho(-1n, 1e-5)).toThrow(/^rhoPico/);
  });

  it('is the minimum over a dense grid of orders', () => {
    fc.assert(
      fc.property(rhos, deltas, (rhoPico, delta) => {
        const rho = rhoPicoToNumber(rhoPico);
        const found = epsilonFromRho(rhoPico, delta);
        let best = Number.POSITIVE_INFINITY;
        for (let exponent = -2; exponent <= 8; exponent += 0.001) {
          const alpha = 1 + 10 ** exponent;
          best = Math.min(best, rho * alpha + Math.log1p(-1 / alpha) - Math.log(alpha * delta) / (alpha - 1));
        }
        best = Math.max(0, best);
        expect(found).toBeLessThanOrEqual(best * (1 + 1e-12) + 1e-15);
        // The grid is within a part in 10^5 of the minimum, so a value far below it could not be a valid bound.
        expect(found).toBeGreaterThanOrEqual(best * (1 - 1e-5) - 1e-9);
      }),
      { numRuns: 30 },
    );
  });

  it('grows with the cost and shrinks with delta', () => {
    fc.assert(
      fc.property(rhos, rhos, deltas, (rhoPico, more, delta) => {
        const epsilon = epsilonFromRho(rhoPico, delta);
        expect(epsilonFromRho(rhoPico + more, delta)).toBeGreaterThanOrEqual(epsilon);
        expect(epsilonFromRho(rhoPico, delta / 2)).toBeGreaterThanOrEqual(epsilon);
      }),
    );
  });

  it('shows why a cost for a person known to m hospitals is not m epsilon', () => {
    const rhoPico = rhoFromEpsilon(10, 1e-5);
    expect(epsilonFromRho(4n * rhoPico, 1e-5)).toBeCloseTo(24.0, 1);
    expect(epsilonFromRho(16n * rhoPico, 1e-5)).toBeCloseTo(63.0, 1);
  });
});
