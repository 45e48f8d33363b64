import { BEYOND_KEPT, gaussianBase } from './base-pairs.ts';
import type { LossPair } from './loss-pair.ts';
import { logMixed } from './mixture-pair.ts';

/**
 * The Poisson-subsampled Gaussian when a record is replaced: (1-q) N(0) + q N(1) against (1-q) N(0) + q N(-1), the
 * record's norm being at most 1. For contributions b and c the curve is the mean of (k + q e^u - e^epsilon q e^v)^+
 * over Gaussian u, v with covariance <b, c>; its mixed second derivative is nowhere positive, so the mean falls in the
 * covariance (Slepian) and opposite records are the worst; along a line it rises in both norms. One pair is its own
 * mirror.
 */
export function replacePoissonGaussianPair(q: number, sigma: number): LossPair {
  const base = gaussianBase(sigma);
  const logWith = (x: number) => logMixed(q, base.logRatio(x));
  const odds = ((1 - q) / q) * Math.exp(1 / (2 * sigma * sigma));
  return {
    atoms: [],
    smooth: {
      from: base.from,
      to: base.to,
      step: base.mixedStep,
      density: (x) => Math.exp(base.logDensity(x) + logWith(x)),
      loss: (x) => logWith(x) - logWith(-x),
      // With u = e^(x/sigma^2) the loss is a quadratic equation in u; this is its positive root.
      outcome: (loss) => sigma * sigma * (loss / 2 + Math.asinh(odds * Math.sinh(loss / 2))),
    },
    infinite: BEYOND_KEPT,
  };
}
