import type { Hits } from './attack.ts';
import { distanceLowerBound, epsilonLowerBound, rhoLowerBound, totalVariationLimit } from './bounds.ts';

export type Verdict = 'not_refuted' | 'refuted';

/** What the answers so far prove, beside what was charged for them. */
export type Measured = {
  samplesPerSide: number;
  /** Total variation distance between the neighbours: at least this, and at most what the charge allows. */
  distance: number;
  distanceLimit: number;
  /** What the mechanism costs at least, zCDP and epsilon at delta. */
  rho: number;
  epsilon: number;
  verdict: Verdict;
};

/**
 * @param claimedRho what one sample was charged, in zCDP.
 * @param error chance that the rho is overstated, which is all the verdict rests on; the other figures' is the same.
 */
export function measure(args: { hits: Hits; claimedRho: number; delta: number; error: number }): Measured {
  const { hits, claimedRho, delta, error } = args;
  const rho = rhoLowerBound(hits, error);
  return {
    samplesPerSide: hits.samplesPerSide,
    distance: distanceLowerBound(hits, error),
    distanceLimit: totalVariationLimit(claimedRho),
    rho,
    epsilon: epsilonLowerBound(hits, delta, error),
    verdict: rho > claimedRho ? 'refuted' : 'not_refuted',
  };
}
