import { millsRatio, normalCdf, normalDensity } from './normal.ts';
import { requireDelta, requireNotNegative, requirePositive } from './require.ts';

/**
 * The Gaussian mechanism, exactly (Balle, Wang, arXiv 1805.06530, Theorem 8; Dong, Roth, Su, arXiv 1905.02383). `mu` is
 * the L2 sensitivity, under the adjacency in use, over the noise's standard deviation. Compositions are exact too,
 * adaptive ones included: mu^2 is the sum of the parts'. It is the *continuous* mechanism: for the discrete Gaussian it
 * is optimistic (privacy loss on a lattice), so nothing here may account for lattice noise.
 */

/** Where Mills' ratio of the left argument is too large to subtract from: its tail is 1 to nearly every digit. */
const FAR_LEFT = -5;

/**
 * The smallest delta at which mu-Gaussian DP implies (epsilon, delta)-DP:
 * Phi(mu/2 - epsilon/mu) - e^epsilon Phi(-mu/2 - epsilon/mu). Both terms share one density, which is taken out, so that
 * neither large epsilon nor tiny delta cancels.
 * @throws RangeError when mu is not positive and finite, or epsilon is negative.
 */
export function gaussianDelta(mu: number, epsilon: number): number {
  requirePositive('mu', mu);
  requireNotNegative('epsilon', epsilon);
  const near = epsilon / mu - mu / 2;
  const far = epsilon / mu + mu / 2;
  const shared = normalDensity(near);
  const delta =
    near < FAR_LEFT
      ? normalCdf(-near) - shared * millsRatio(far)
      : shared * (millsRatio(near) - millsRatio(far));
  return Math.min(1, Math.max(0, delta));
}

/**
 * The smallest epsilon >= 0 with `gaussianDelta(mu, epsilon) <= delta`, by bisection and rounded up.
 * @throws RangeError when mu is not positive and finite, or delta is not inside (0, 1).
 */
export function gaussianEpsilon(mu: number, delta: number): number {
  requirePositive('mu', mu);
  requireDelta(delta);
  if (gaussianDelta(mu, 0) <= delta) return 0;
  let above = mu;
  while (gaussianDelta(mu, above) > delta) above *= 2;
  return upperRoot(0, above, (epsilon) => gaussianDelta(mu, epsilon) <= delta);
}

/**
 * The largest mu that is (epsilon, delta)-DP, rounded down: noise of standard deviation sensitivity / mu suffices.
 * @throws RangeError when epsilon is negative, or delta is not inside (0, 1).
 */
export function gaussianMu(epsilon: number, delta: number): number {
  requireNotNegative('epsilon', epsilon);
  requireDelta(delta);
  let above = 1;
  while (gaussianDelta(above, epsilon) <= delta) above *= 2;
  while (above > Number.MIN_VALUE && gaussianDelta(above / 2, epsilon) > delta) above /= 2;
  return lowerRoot(above / 2, above, (mu) => gaussianDelta(mu, epsilon) > delta);
}

function upperRoot(low: number, high: number, holds: (value: number) => boolean): number {
  let fails = low;
  let succeeds = high;
  for (;;) {
    const middle = (fails + succeeds) / 2;
    if (middle <= fails || middle >= succeeds) return succeeds;
    if (holds(middle)) succeeds = middle;
    else fails = middle;
  }
}

function lowerRoot(low: number, high: number, isBeyond: (value: number) => boolean): number {
  let within = low;
  let beyond = high;
  for (;;) {
    const middle = (within + beyond) / 2;
    if (middle <= within || middle >= beyond) return within;
    if (isBeyond(middle)) beyond = middle;
    else within = middle;
  }
}
