import type { RoundHeader } from '#lib/nodes/round-header';
import { voteCostRhoPico } from '#lib/privacy/mechanisms/vote';
import { RHO_PICO_PER_UNIT } from '#lib/privacy/pico-rho';
import type { Rational } from '#lib/privacy/sampling/rational';

/**
 * What a round costs by this node's own reckoning (privacy.md section 2), pico-rho, rounded up; null when a parameter
 * has no cost: a fraction without a denominator, noise without variance.
 */
export function roundCostRhoPico(header: RoundHeader): bigint | null {
  if (header.mechanism === 'short-answer') return tokenCost(header.params);
  const beta = fraction(header.params.beta);
  if (!beta) return null;
  const vote = voteCostRhoPico(beta);
  if (header.mechanism === 'vote') return vote;
  const test = testCost(header.params);
  return test === null ? null : vote + test;
}

type Params<M extends RoundHeader['mechanism']> = Extract<RoundHeader, { mechanism: M }>['params'];

/** 2 C^2 / (s^2 tau^2) with tau = 1: the exponential mechanism of range 4 C / s. */
function tokenCost({ clip, s }: Params<'short-answer'>): bigint | null {
  const c = fraction(clip);
  if (!c || c.num === 0n) return null;
  return divideUp(2n * c.num * c.num * RHO_PICO_PER_UNIT, c.den * c.den * BigInt(s) * BigInt(s));
}

/** Discrete Gaussian: the largest count has sensitivity 1, first minus second 2, so 1/(2 sigma^2) and 2/sigma^2. */
function testCost({ test, sigma2 }: Params<'consensus'>): bigint | null {
  const variance = fraction(sigma2);
  if (!variance || variance.num === 0n) return null;
  return test === 'threshold'
    ? divideUp(variance.den * RHO_PICO_PER_UNIT, 2n * variance.num)
    : divideUp(2n * variance.den * RHO_PICO_PER_UNIT, variance.num);
}

function fraction({ num, den }: { num: string; den: string }): Rational | null {
  return BigInt(den) === 0n ? null : { num: BigInt(num), den: BigInt(den) };
}

function divideUp(num: bigint, den: bigint): bigint {
  return (num + den - 1n) / den;
}
