import type { EventOf } from '../events.ts';
import { BEYOND_KEPT, KEPT_DEVIATIONS } from './base-pairs.ts';
import type { LossPair } from './loss-pair.ts';

/** Pairs on countable outcomes: their losses are atoms, computed exactly. All of them are their own mirror. */

/** The discrete Gaussian around its sensitivity against around 0, summed over the lattice. */
export function discreteGaussianPair({ sigma, sensitivity }: EventOf<'discrete_gaussian'>): LossPair {
  const last = Math.ceil((KEPT_DEVIATIONS + 0.5) * sigma) + 1;
  const weights = Array.from({ length: 2 * last + 1 }, (_, i) =>
    Math.exp(-((i - last) ** 2) / (2 * sigma ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    atoms: weights.map((weight, i) => ({
      loss: (sensitivity * (2 * (i - last) + sensitivity)) / (2 * sigma ** 2),
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
