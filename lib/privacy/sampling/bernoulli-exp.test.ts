import { describe, expect, it } from 'vitest';
import { clopperPearson } from '../audit/clopper-pearson.ts';
import { enumerateDraws } from '../testing/enumerate-draws.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { bernoulliExp, bernoulliExpMinusOne, bernoulliExpNumber } from './bernoulli-exp.ts';
import type { RandomSource } from './random.ts';
import { type Rational, rationalToNumber } from './rational.ts';

const rational = (num: bigint, den: bigint): Rational => ({ num, den });

function expectProbability(draw: (random: RandomSource) => boolean, expected: number): void {
  const { probability, undecided } = enumerateDraws(draw, 1e-7);
  expect(undecided).toBeLessThan(1e-3);
  expect(probability).toBeLessThanOrEqual(expected + 1e-12);
  expect(probability + undecided).toBeGreaterThanOrEqual(expected - 1e-12);
}

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
    for (const draw of [
      (random: RandomSource) => bernoulliExp(gamma, random),
      (random: RandomSource) => bernoulliExpNumber(Number(gamma.num), Number(gamma.den), random),
    ]) {
      expectProbability(draw, Math.exp(-rationalToNumber(gamma)));
    }
  });

  it('knows 1/e', () => expectProbability(bernoulliExpMinusOne, Math.exp(-1)));

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
    for (const [num, den] of [
      [-1, 2],
      [1, 0],
      [0.5, 1],
      [1, Number.NaN],
      [2 ** 53, 1],
    ] as const) {
      expect(() => bernoulliExpNumber(num, den, random)).toThrow(/^gamma/);
    }
  });
});
