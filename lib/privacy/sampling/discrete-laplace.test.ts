import { describe, expect, it } from 'vitest';
import { chiSquarePValue } from '../testing/chi-square.ts';
import { enumerateDraws } from '../testing/enumerate-draws.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { sampleDiscreteLaplace } from './discrete-laplace.ts';
import { type Rational, rationalToNumber } from './rational.ts';

const rational = (num: bigint, den = 1n): Rational => ({ num, den });

/** P(value) = (1 - a)/(1 + a) a^|value| with a = exp(-1/scale). */
function mass(scale: number, value: number): number {
  const a = Math.exp(-1 / scale);
  return ((1 - a) / (1 + a)) * a ** Math.abs(value);
}

describe('sampleDiscreteLaplace', () => {
  it.each([
    [rational(1n), 0],
    [rational(1n), 2],
    [rational(2n), -1],
  ])('has the mass of its closed form at scale $num/$den, by following every draw', (scale, value) => {
    const { probability, undecided } = enumerateDraws(
      (random) => sampleDiscreteLaplace({ scale, random }) === value,
      1e-5,
    );
    const expected = mass(rationalToNumber(scale), value);
    expect(undecided).toBeLessThan(0.12);
    expect(probability).toBeLessThanOrEqual(expected + 1e-12);
    expect(probability + undecided).toBeGreaterThanOrEqual(expected - 1e-12);
  });

  it.each([rational(1n, 3n), rational(5n, 2n), rational(60n)])(
    'draws from its distribution at scale $num/$den',
    (scale) => {
      const random = seededRandom(`laplace ${scale.num}`);
      const draws = Array.from({ length: 40_000 }, () => sampleDiscreteLaplace({ scale, random }));
      const radius = draws.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      const counts = new Array<number>(2 * radius + 1).fill(0);
      for (const value of draws) counts[value + radius]! += 1;
      const expected = counts.map((_, i) => mass(rationalToNumber(scale), i - radius));
      expect(chiSquarePValue(counts, expected)).toBeGreaterThan(1e-6);
    },
  );

  it('refuses what is no scale', () => {
    for (const bad of [
      rational(0n),
      rational(-1n),
      rational(1n, 0n),
      rational(2n ** 33n),
      rational(1n, 2n ** 60n),
    ]) {
      expect(() => sampleDiscreteLaplace({ scale: bad })).toThrow(/^scale/);
    }
  });
});
