import type { Hits } from './attack.ts';
import { distanceLowerBound, epsilonLowerBound, rhoLowerBound, totalVariationLimit } from './bounds.ts';

export type Verdict = 'not_refuted' | 'refuted';

/** What the answers so far prove, beside what was charged for them. */
export type Measured = {
  samplesPerSide: number;
  /** Total variation distance between the neighbours: at least this, and at most what the charge allows. */
  distance: number;
  distanceLimit: number;
  rho: number;
  epsilon: number;
  verdict: Verdict;
};

/** @param claimedRho what one sample was charged, in zCDP. */
export function measure(args: { hits: Hits; claimedRho: number; delta: number; error: number }): Measured {
  const { hits, claimedRho, delta, error } = args;
  // The verdict is the distance's; the epsilon stands beside it, each with half of the error.
  const distance = distanceLowerBound(hits, error / 2);
  const distanceLimit = totalVariationLimit(claimedRho);
  return {
    samplesPerSide: hits.samplesPerSide,
    distance,
    distanceLimit,
    rho: rhoLowerBound(distance),
    epsilon: epsilonLowerBound(hits, delta, error / 2),
    verdict: distance > distanceLimit ? 'refuted' : 'not_refuted',
  };
}
