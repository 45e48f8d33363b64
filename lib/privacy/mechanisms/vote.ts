import { RHO_PICO_PER_UNIT } from '../pico-rho.ts';
import { integerSqrt } from '../sampling/integer-sqrt.ts';
import { type Rational, rationalToNumber, requireRational } from '../sampling/rational.ts';

/**
 * The vote draws a label with probability proportional to exp(beta * count). One patient changes one shard, and one
 * shard's one-hot vote or abstention moves at most one count up and one down, so the log-probabilities move within a
 * range of eta = 2 beta and the vote is rho-zCDP with rho = eta^2/8 = beta^2/2.
 */

/** Fine enough that the grid loses less than one pico-rho for any beta a request can buy. */
const BETA_DEN_LOG2 = 48n;
const BETA_DEN = 1n << BETA_DEN_LOG2;

/** The largest beta on the grid of 2^-48 with beta^2/2 <= rho. @throws RangeError when rhoPico is negative. */
export function voteBeta(rhoPico: bigint): Rational {
  if (rhoPico < 0n) throw new RangeError('rhoPico must not be negative');
  return { num: integerSqrt((2n * rhoPico * BETA_DEN * BETA_DEN) / RHO_PICO_PER_UNIT), den: BETA_DEN };
}

/** What a vote at this beta costs: beta^2/2 in pico-rho, rounded up. @throws RangeError when beta is not a fraction. */
export function voteCostRhoPico(beta: Rational): bigint {
  requireRational('beta', beta);
  const num = beta.num * beta.num * RHO_PICO_PER_UNIT;
  const den = 2n * beta.den * beta.den;
  return (num + den - 1n) / den;
}

/**
 * The probability of each label, in floats: for reports and tests only. It is private data wherever the scores are,
 * and no draw may be made from it.
 */
export function voteDistribution(scores: readonly number[], beta: Rational): number[] {
  const perVote = rationalToNumber(beta);
  const max = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(perVote * (score - max)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
