import type { RandomSource } from './random.ts';
import { type Rational, requireRational } from './rational.ts';

/**
 * True with probability exactly exp(-gamma), by integer comparisons only: floats would leak through their rounding
 * (Mironov 2012). Algorithm 1 of Canonne, Kamath, Steinke, arXiv 2004.00010.
 * The number of draws depends on gamma, so callers must release results on a public clock.
 * @throws RangeError when gamma is not a non-negative fraction.
 */
export function bernoulliExp(gamma: Rational, random: RandomSource): boolean {
  requireRational('gamma', gamma);
  const { num, den } = gamma;
  for (let whole = num / den; whole > 0n; whole -= 1n) {
    if (!bernoulliExpUnit(1n, 1n, random)) return false;
  }
  return bernoulliExpUnit(num % den, den, random);
}

/** The same for num/den in [0, 1]: the first k at which Bernoulli(num / (den k)) fails is odd with that probability. */
function bernoulliExpUnit(num: bigint, den: bigint, random: RandomSource): boolean {
  let k = 1n;
  while (random.below(den * k) < num) k += 1n;
  return k % 2n === 1n;
}
