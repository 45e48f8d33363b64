import type { EventOf } from '../events.ts';
import { anchoredWeights } from './anchored-weights.ts';
import { BEYOND_KEPT, KEPT_DEVIATIONS } from './base-pairs.ts';
import type { LossPair } from './loss-pair.ts';

/** Pairs on countable outcomes: their losses are atoms, computed exactly. All of them are their own mirror. */

/** Anchors kept for each standard deviation of a wide discrete Gaussian: coarser ones would be seen in epsilon. */
const ANCHORS_PER_SIGMA = 256;

/**
 * The discrete Gaussian around its sensitivity against around 0, summed over the lattice. Up to a sigma of 512 every point
 * is an atom. Beyond, only every n-th is: the masses between two of them go to both, so that their mass under P and under
 * Q is kept (connecting the dots, see `lossGrid`), and the curve is never below that of all points. It adds at most a
 * quarter of the squared distance of two anchors to the loss's variance, 4e-6 of it.
 */
export function discreteGaussianPair({ sigma, sensitivity }: EventOf<'discrete_gaussian'>): LossPair {
  const stride = Math.max(1, Math.floor(sigma / ANCHORS_PER_SIGMA));
  const side = Math.ceil((Math.ceil((KEPT_DEVIATIONS + 0.5) * sigma) + 1) / stride);
  const weights = anchoredWeights({ sigma, sensitivity, stride, side });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    atoms: Array.from(weights, (weight, i) => ({
      loss: (sensitivity * (2 * (i - side) * stride + sensitivity)) / (2 * sigma ** 2),
      mass: weight / total,
    })),
    smooth: null,
    infinite: BEYOND_KEPT,
  };
}

/** P(x) = tanh(a/2) e^(-a |x|) against the same around the sensitivity: all outcomes at or beyond either centre agree. */
export function discreteLaplacePair(event: EventOf<'discrete_laplace'>): LossPair {
  const { noise_parameter: a, sensitivity } = event;
  const half = 1 / (1 + Math.exp(-a));
  const between = Array.from({ length: sensitivity - 1 }, (_, i) => ({
    loss: a * (sensitivity - 2 * (i + 1)),
    mass: Math.tanh(a / 2) * Math.exp(-a * (i + 1)),
  }));
  return {
    atoms: [
      { loss: a * sensitivity, mass: half },
      ...between,
      { loss: -a * sensitivity, mass: half * Math.exp(-a * sensitivity) },
    ],
    smooth: null,
    infinite: 0,
  };
}

/** The answers of two records that differ: one keeps what the other has only by chance; other answers say nothing. */
export function randomizedResponsePair(event: EventOf<'randomized_response'>): LossPair {
  const { noise_parameter: p, num_buckets: k } = event;
  const other = p / k;
  const keep = 1 - p + other;
  const loss = Math.log(keep / other);
  return {
    atoms: [
      { loss, mass: keep },
      { loss: 0, mass: (k - 2) * other },
      { loss: -loss, mass: other },
    ],
    smooth: null,
    infinite: 0,
  };
}

/** The worst of everything (epsilon, delta)-DP (Kairouz, Oh, Viswanath, arXiv 1311.0776). */
export function worstPair(epsilon: number, delta: number): LossPair {
  const likely = (1 - delta) / (1 + Math.exp(-epsilon));
  return {
    atoms: [
      { loss: epsilon, mass: likely },
      { loss: -epsilon, mass: likely * Math.exp(-epsilon) },
    ],
    smooth: null,
    infinite: delta,
  };
}
