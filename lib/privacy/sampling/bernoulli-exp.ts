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
    if (!bernoulliExpMinusOne(random)) return false;
  }
  return bernoulliExpUnit(num % den, den, random);
}

/** The same for num/den in numbers. @throws RangeError unless both are safe integers, num >= 0 and den > 0. */
export function bernoulliExpNumber(num: number, den: number, random: RandomSource): boolean {
  if (!Number.isSafeInteger(num) || num < 0 || !Number.isSafeInteger(den) || den <= 0) {
    throw new RangeError('gamma must be a non-negative fraction of safe integers');
  }
  // Exact: the remainder of two safe integers is, and the quotient of a multiple below 2^53 is an integer.
  const rest = num % den;
  for (let whole = (num - rest) / den; whole > 0; whole -= 1) {
    if (!bernoulliExpMinusOne(random)) return false;
  }
  return bernoulliExpUnitNumber(rest, den, random);
}

/** True with probability exactly 1/e. */
export function bernoulliExpMinusOne(random: RandomSource): boolean {
  let k = 2;
  while (random.belowNumber(k) === 0) k += 1;
  return k % 2 === 1;
}

/**
 * For num/den in [0, 1]: the first k at which Bernoulli(num / (den k)) fails is odd with probability exp(-num/den).
 * That trial is two independent ones, 1/k and num/den, so that no product outgrows its type.
 */
function bernoulliExpUnitNumber(num: number, den: number, random: RandomSource): boolean {
  let k = 1;
  while (random.belowNumber(k) === 0 && random.belowNumber(den) < num) k += 1;
  return k % 2 === 1;
}

function bernoulliExpUnit(num: bigint, den: bigint, random: RandomSource): boolean {
  let k = 1;
  while (random.belowNumber(k) === 0 && random.below(den) < num) k += 1;
  return k % 2 === 1;
}
