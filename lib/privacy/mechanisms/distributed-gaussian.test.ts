import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rhoFromEpsilon } from '../accounting/zcdp.ts';
import { rhoPicoToNumber } from '../pico-rho.ts';
import { type Rational, rationalToNumber } from '../sampling/rational.ts';
import { chiSquarePValue } from '../testing/chi-square.ts';
import { convolve, discreteGaussianMasses } from '../testing/discrete-gaussian-masses.ts';
import { renyiDivergence } from '../testing/renyi.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import {
  gaussianVoteCostRhoPico,
  guaranteedSurvivors,
  noisyWinner,
  sampleNoiseShare,
  sigmaLocalFor,
} from './distributed-gaussian.ts';

const ORDERS = [1.01, 1.5, 2, 4, 8];
const rational = (num: bigint, den = 1n): Rational => ({ num, den });

/** The law of the sum of all guaranteed shares of one label. */
function noiseLaw(sigma2Local: Rational, survivors: number): number[] {
  const sigma2 = rationalToNumber(sigma2Local);
  const share = discreteGaussianMasses(sigma2, Math.ceil(16 * Math.sqrt(sigma2)));
  return Array.from({ length: survivors - 1 }).reduce<number[]>((sum) => convolve(sum, share), share);
}

/** A moved vote shifts one noisy count up and another down: two independent shifts by one, either way. */
function movedVoteDivergence(law: readonly number[], alpha: number): number {
  // The window is cut where a shifted mass would be missing; out there nothing is left that matters at these orders.
  const p = law.slice(1);
  const q = law.slice(0, -1);
  return 2 * Math.max(renyiDivergence(p, q, alpha), renyiDivergence(q, p, alpha));
}

describe('the charge of the gaussian vote', () => {
  it.each([
    { sigma2: rational(4n), survivors: 1 },
    { sigma2: rational(4n), survivors: 2 },
    { sigma2: rational(4n), survivors: 4 },
    { sigma2: rational(25n, 4n), survivors: 3 },
    { sigma2: rational(400n), survivors: 2 },
  ])(
    'covers a moved vote at sigma2 $sigma2.num/$sigma2.den and $survivors shares',
    ({ sigma2, survivors }) => {
      const rho = rhoPicoToNumber(gaussianVoteCostRhoPico(sigma2, { survivors, labelCount: 2 }));
      const law = noiseLaw(sigma2, survivors);
      const worst = Math.max(...ORDERS.map((alpha) => movedVoteDivergence(law, alpha) / alpha));
      expect(worst).toBeLessThanOrEqual(rho * (1 + 1e-9));
      // Tight, and refuted by the enumeration if the sqrt 2 of a moved vote were forgotten.
      expect(worst).toBeGreaterThan(0.999 * rho);
      expect(worst).toBeGreaterThan(rho / 2);
    },
  );

  it('is one over the total variance and a single pico-rho for discreteness', () => {
    const cost = gaussianVoteCostRhoPico(rational(400n), { survivors: 4, labelCount: 64 });
    expect(cost).toBe(10n ** 12n / 1600n);
    expect(gaussianVoteCostRhoPico(rational(4n), { survivors: 4, labelCount: 64 })).toBe(
      10n ** 12n / 16n + 1n,
    );
  });

  it('falls with variance and shares, and never below what it was inverted from', () => {
    const rhos = fc.bigInt({ min: 10n, max: 10n ** 13n });
    const survivors = fc.integer({ min: 1, max: 50 });
    const labelCounts = fc.integer({ min: 1, max: 64 });
    fc.assert(
      fc.property(rhos, survivors, labelCounts, (rhoPico, shares, labelCount) => {
        const given = { survivors: shares, labelCount };
        const found = sigmaLocalFor(rhoPico, given);
        expect(found.rhoPico).toBeLessThanOrEqual(rhoPico);
        expect(found.rhoPico).toBe(gaussianVoteCostRhoPico(found.sigma2Local, given));
        const { num, den } = found.sigma2Local;
        expect(num >= 4n * den).toBe(true);
        const more = { num: num + den, den };
        expect(gaussianVoteCostRhoPico(more, given)).toBeLessThanOrEqual(found.rhoPico);
        const another = { ...given, survivors: shares + 1 };
        // One pico-rho may come back with the second share, the first that has a sum to be discrete in.
        expect(gaussianVoteCostRhoPico(found.sigma2Local, another)).toBeLessThanOrEqual(found.rhoPico + 1n);
      }),
    );
  });

  it('wastes next to nothing of what is asked', () => {
    const asked = rhoFromEpsilon(0.1, 1e-5);
    const { rhoPico } = sigmaLocalFor(asked, { survivors: 3, labelCount: 4 });
    expect(Number(rhoPico)).toBeGreaterThan(Number(asked) * 0.99999);
  });

  it('refuses parameters that mean nothing', () => {
    const shares = { survivors: 2, labelCount: 4 };
    expect(() => gaussianVoteCostRhoPico(rational(3n), shares)).toThrow(/^sigma2Local/);
    expect(() => gaussianVoteCostRhoPico(rational(4n), { ...shares, survivors: 0 })).toThrow(/^survivors/);
    expect(() => gaussianVoteCostRhoPico(rational(4n), { ...shares, labelCount: 0 })).toThrow(/^labelCount/);
    expect(() => sigmaLocalFor(0n, shares)).toThrow(/^rhoPico/);
    expect(() => guaranteedSurvivors({ nodes: 3, maxCollude: 2, maxDropouts: 1 })).toThrow(/^nodes/);
    expect(() => guaranteedSurvivors({ nodes: 3, maxCollude: -1, maxDropouts: 1 })).toThrow(/^maxCollude/);
    expect(guaranteedSurvivors({ nodes: 5, maxCollude: 1, maxDropouts: 1 })).toBe(3);
  });
});

describe('the noise', () => {
  it('adds up to the law that is charged for', () => {
    const sigma2Local = rational(4n);
    const random = seededRandom('shares');
    const law = noiseLaw(sigma2Local, 3);
    const centre = (law.length - 1) / 2;
    const counts = law.map(() => 0);
    for (let i = 0; i < 20_000; i += 1) {
      const shares = Array.from({ length: 3 }, () =>
        sampleNoiseShare({ labelCount: 2, sigma2Local, random }),
      );
      for (const label of [0, 1]) {
        const sum = shares.reduce((total, share) => total + share[label]!, 0);
        counts[centre + sum]! += 1;
      }
    }
    expect(chiSquarePValue(counts, law)).toBeGreaterThan(1e-6);
  });

  it('lets the largest count win, the first of equals', () => {
    expect(noisyWinner([-4, 2, 2, -1])).toBe(1);
    expect(noisyWinner([-4])).toBe(0);
    expect(() => noisyWinner([])).toThrow(/^noisyCounts/);
  });
});
