import { type Rational, rationalToNumber } from '../sampling/rational.ts';
import { renyiDivergence } from './renyi.ts';

/**
 * The largest Renyi divergence of order alpha between the token distributions of two record sets that differ in one
 * shard, over corners of the clip box: both versions of the changed shard take every vector of -C, 0 and C, and the
 * other shards with the public model are one distribution, which is taken from a grid that includes very uneven ones.
 * One shard moves the logits by (d' - d)/(s tau), whatever the others say, so every base distribution can occur.
 */
export function worstCornerDivergence(args: {
  shards: number;
  clip: Rational;
  tau: number;
  candidates: number;
  alpha: number;
}): number {
  const { shards, clip, tau, candidates, alpha } = args;
  const step = rationalToNumber(clip) / (shards * tau);
  const corners = vectors(candidates, [-step, 0, step]);
  let worst = 0;
  for (const base of vectors(candidates - 1, BASE_LOGITS)) {
    const logits = [0, ...base];
    const laws = corners.map((corner) => softmax(corner.map((shift, i) => logits[i]! + shift)));
    for (const p of laws) for (const q of laws) worst = Math.max(worst, renyiDivergence(p, q, alpha));
  }
  return worst;
}

const BASE_LOGITS = [-6, -3, -1, -0.5, -0.25, -0.1, 0, 0.1, 0.25, 0.5, 1, 3, 6];

function vectors(length: number, values: readonly number[]): number[][] {
  if (length === 0) return [[]];
  return vectors(length - 1, values).flatMap((rest) => values.map((value) => [...rest, value]));
}

function softmax(logits: readonly number[]): number[] {
  const max = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp(logit - max));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
