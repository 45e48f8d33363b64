import type { Adjacency, PrivacyEvent } from '../events.ts';
import { gaussianBase, laplaceBase } from './base-pairs.ts';
import { boundedRangePair } from './bounded-range-pair.ts';
import { USUAL_INTERVAL } from './interval.ts';
import {
  discreteGaussianPair,
  discreteLaplacePair,
  randomizedResponsePair,
  worstPair,
} from './lattice-pairs.ts';
import type { LossPair } from './loss-pair.ts';
import { type Direction, mixturePair } from './mixture-pair.ts';
import { replacePoissonGaussianPair } from './replace-poisson-pair.ts';

/** A Gaussian's noise over the sensitivity: a replaced record moves a sum by up to twice its norm. */
export function gaussianMultiplier(noiseMultiplier: number, adjacency: Adjacency): number {
  return adjacency === 'replace_one' ? noiseMultiplier / 2 : noiseMultiplier;
}

/** The pair that dominates one run of an event, or null: zCDP bounds moments of the loss but names no worst pair. */
export function eventPair(event: PrivacyEvent, adjacency: Adjacency, direction: Direction): LossPair | null {
  switch (event.type) {
    case 'gaussian':
      return mixturePair(gaussianBase(gaussianMultiplier(event.noise_multiplier, adjacency)), 1, direction);
    case 'laplace':
      return mixturePair(laplaceBase(event.noise_multiplier), 1, direction);
    case 'poisson_gaussian':
      return adjacency === 'replace_one'
        ? replacePoissonGaussianPair(event.q, event.noise_multiplier)
        : mixturePair(gaussianBase(event.noise_multiplier), event.q, direction);
    case 'poisson_laplace':
      return mixturePair(laplaceBase(event.noise_multiplier), event.q, direction);
    case 'discrete_gaussian':
      return discreteGaussianPair(event);
    case 'discrete_laplace':
      return discreteLaplacePair(event);
    case 'randomized_response':
      return randomizedResponsePair(event);
    case 'exponential_mechanism':
      return roundedUp(worstPair(event.epsilon, 0), event.epsilon);
    case 'epsilon_delta':
      return worstPair(event.epsilon, event.delta);
    case 'bounded_range':
      return boundedRangePair(event.eta);
    case 'zcdp':
      return null;
  }
}

/**
 * The reference (dp_accounting 0.6.0) takes an exponential mechanism for any pure epsilon-DP one and rounds its losses up
 * to the grid of 1e-4. Its figures are kept comparable here, loose as they are; `bounded_range` is the tight event. Ranges
 * of a few grid steps, which rounding would multiply, are left as they are.
 */
function roundedUp(pair: LossPair, epsilon: number): LossPair {
  if (epsilon < 10 * USUAL_INTERVAL) return pair;
  // A hair less, so that a multiple of the step that floats put just above itself stays where it is.
  const up = (loss: number) => Math.ceil(loss / USUAL_INTERVAL - 1e-9) * USUAL_INTERVAL;
  return { ...pair, atoms: pair.atoms.map(({ loss, mass }) => ({ loss: up(loss), mass })) };
}

/** Whether both directions have the same loss distribution, so that one is enough. */
export function isSymmetric(event: PrivacyEvent, adjacency: Adjacency): boolean {
  const isSampled = event.type === 'poisson_gaussian' || event.type === 'poisson_laplace';
  return !isSampled || adjacency === 'replace_one';
}
