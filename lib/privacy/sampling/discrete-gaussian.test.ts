import { describe, expect, it } from 'vitest';
import { chiSquarePValue } from '../testing/chi-square.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { sampleDiscreteGaussian } from './discrete-gaussian.ts';
import { type Rational, rationalToNumber } from './rational.ts';

const rational = (num: bigint, den = 1n): Rational => ({ num, den });

/** The masses of -radius..radius, normalised over a much wider range. */
function masses(sigma2: number, radius: number): number[] {
  const weight = (value: number) => Math.exp(-(value ** 2) / (2 * sigma2));
  let total = 1;
  for (let value = 1; value < 40 * Math.sqrt(sigma2) + 40; value += 1) total += 2 * weight(value);
  return Array.from({ length: 2 * radius + 1 }, (_, i) => weight(i - radius) / total);
}

function pValue(draws: number[], sigma2: number): number {
  const radius = draws.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const counts = new Array<number>(2 * radius + 1).fill(0);
  for (const value of draws) counts[value + radius]! += 1;
  return chiSquarePValue(counts, masses(sigma2, radius));
}

function draw(sigma2: Rational, samples: number, seed: string): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: samples }, () => sampleDiscreteGaussian({ sigma2, random }));
}

describe('sampleDiscreteGaussian', () => {
  it.each([
    rational(1n, 3n),
    rational(4n),
    rational(3600n),
    rational(2_364_425n, 1024n),
    // Fractions that no number holds take the same steps over bigints.
    rational(4n * 10n ** 20n + 1n, 10n ** 20n),
  ])('draws from its distribution at sigma2 $num/$den', (sigma2) => {
    expect(pValue(draw(sigma2, 40_000, `gaussian ${sigma2.num}`), rationalToNumber(sigma2))).toBeGreaterThan(
      1e-6,
    );
  });

  it('would be caught with a variance that is a twentieth off', () => {
    expect(pValue(draw(rational(21n, 5n), 40_000, 'off'), 4)).toBeLessThan(1e-6);
  });

  it('refuses what is no variance', () => {
    for (const bad of [rational(0n), rational(-1n), rational(1n, 0n), rational(2n ** 65n)]) {
      expect(() => sampleDiscreteGaussian({ sigma2: bad })).toThrow(/^sigma2/);
    }
  });
});
