import type { RoundHeader } from '#lib/nodes/round-header';
import { testCostRhoPico } from '#lib/privacy/mechanisms/consensus-charge';
import { gaussianVoteCostRhoPico, guaranteedSurvivors } from '#lib/privacy/mechanisms/distributed-gaussian';
import { tokenCostRhoPico } from '#lib/privacy/mechanisms/short-answer';
import { voteCostRhoPico } from '#lib/privacy/mechanisms/vote';
import type { Rational } from '#lib/privacy/sampling/rational';
import { clipBound } from './clip-bound.ts';

/**
 * What a round costs by this node's own reckoning (privacy.md section 2), pico-rho, rounded up; null when a parameter
 * has no cost: a fraction without a denominator, noise without variance.
 */
export function roundCostRhoPico(header: RoundHeader): bigint | null {
  if (header.mechanism === 'short-answer') return tokenCost(header.params);
  if (header.mode === 'gaussian') return gaussianCost(header);
  const beta = fraction(header.params.beta);
  if (!beta) return null;
  const vote = voteCostRhoPico(beta);
  if (header.mechanism === 'vote') return vote;
  const test = testCost(header.params);
  return test === null ? null : vote + test;
}

type Params<M extends RoundHeader['mechanism']> = Extract<
  RoundHeader,
  { mechanism: M; mode: 'exact' }
>['params'];

/** By the shares of noise that are certain to be there and unknown to whoever reads the sum, not by all of them. */
function gaussianCost(header: Extract<RoundHeader, { mode: 'gaussian' }>): bigint | null {
  const { params, cohort, maxCollude, maxDropouts } = header;
  const sigma2Local = fraction(params.sigma2Local);
  if (!sigma2Local) return null;
  try {
    const survivors = guaranteedSurvivors({ nodes: cohort.length, maxCollude, maxDropouts });
    return gaussianVoteCostRhoPico(sigma2Local, { survivors, labelCount: params.K });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function tokenCost(params: Params<'short-answer'>): bigint | null {
  const clip = fraction(params.clip);
  return clip && clipBound(params) !== null ? tokenCostRhoPico({ clip, shards: params.s }) : null;
}

function testCost({ test, sigma2 }: Params<'consensus'>): bigint | null {
  const variance = fraction(sigma2);
  return variance && variance.num > 0n ? testCostRhoPico(variance, test) : null;
}

function fraction({ num, den }: { num: string; den: string }): Rational | null {
  return BigInt(den) === 0n ? null : { num: BigInt(num), den: BigInt(den) };
}
