import { describe, expect, it } from 'vitest';
import { clopperPearson } from '../audit/clopper-pearson.ts';
import { enumerateDraws } from '../testing/enumerate-draws.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { bernoulliExp } from './bernoulli-exp.ts';
import { type Rational, rationalToNumber } from './rational.ts';

const rational = (num: bigint, den: bigint): Rational => ({ num, den });

describe('bernoulliExp', () => {
  it.each([
    rational(0n, 1n),
    rational(1n, 3n),
    rational(1n, 2n),
    rational(1n, 1n),
    rational(3n, 2n),
    rational(2n, 1n),
    rational(6n, 4n),
  ])('is true with probability exp(-$num/$den), by following every draw', (gamma) => {
    const { probability, undecided } = enumerateDraws((random) => bernoulliExp(gamma, random), 1e-7);
    const expected = Math.exp(-rationalToNumber(gamma));
    expect(undecided).toBeLessThan(1e-3);
    expect(probability).toBeLessThanOrEqual(expected + 1e-12);
    expect(probability + undecided).toBeGreaterThanOrEqual(expected - 1e-12);
  });

  it('holds for the large denominators that votes use', () => {
    for (const num of [1n << 46n, (1n << 48n) + 12_345n, 3n << 48n]) {
      const gamma = rational(num, 1n << 48n);
      const random = seededRandom(`bernoulli ${num}`);
      let hits = 0;
      for (let i = 0; i < 20_000; i += 1) if (bernoulliExp(gamma, random)) hits += 1;
      const { lower, upper } = clopperPearson(hits, 20_000, 1e-6);
      expect(Math.exp(-rationalToNumber(gamma))).toBeGreaterThan(lower);
      expect(Math.exp(-rationalToNumber(gamma))).toBeLessThan(upper);
    }
  });

  it('refuses what is not a non-negative fraction', () => {
    const random = seededRandom('refused');
    expect(() => bernoulliExp(rational(-1n, 2n), random)).toThrow(/^gamma/);
    expect(() => bernoulliExp(rational(1n, 0n), random)).toThrow(/^gamma/);
  });
});
