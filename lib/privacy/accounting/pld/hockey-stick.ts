import { requireDelta, requireNotNegative } from '../require.ts';
import type { LossMasses } from './loss-masses.ts';

/**
 * delta(epsilon) = P(loss infinite) + sum over losses l > epsilon of P(l) (1 - e^(epsilon - l)): the hockey-stick
 * divergence of the pair.
 * @throws RangeError when epsilon is negative or not finite.
 */
export function deltaFromLosses({ interval, lowest, masses, infinite }: LossMasses, epsilon: number): number {
  requireNotNegative('epsilon', epsilon);
  let delta = infinite;
  for (let i = masses.length - 1; i >= 0; i -= 1) {
    const above = (lowest + i) * interval - epsilon;
    if (above <= 0) break;
    delta += masses[i]! * -Math.expm1(-above);
  }
  return Math.min(1, delta);
}

/**
 * The smallest epsilon >= 0 with `deltaFromLosses(losses, epsilon) <= delta`; Infinity when infinite losses alone exceed
 * delta. Between grid points delta is linear in e^epsilon, which is solved exactly.
 * @throws RangeError when delta is not inside (0, 1).
 */
export function epsilonFromLosses({ interval, lowest, masses, infinite }: LossMasses, delta: number): number {
  requireDelta(delta);
  if (infinite > delta) return Number.POSITIVE_INFINITY;
  const decay = Math.exp(-interval);
  // At epsilon = the loss of index i: sum of masses above, and the same under Q times e^epsilon.
  let above = 0;
  let discounted = 0;
  for (let i = masses.length - 1; i >= 0; i -= 1) {
    const loss = (lowest + i) * interval;
    discounted *= decay;
    if (loss < 0) {
      // Only epsilon from 0 on counts, and the last grid point before it is below.
      discounted *= Math.exp(-loss);
      return above + infinite - discounted <= delta ? 0 : solve(0, above + infinite, discounted, delta);
    }
    if (above + infinite - discounted > delta) return solve(loss, above + infinite, discounted, delta);
    above += masses[i]!;
    discounted += masses[i]!;
  }
  // No loss is below 0: epsilon may lie between 0 and the least.
  return above + infinite <= delta ? 0 : solve(lowest * interval, above + infinite, discounted, delta);
}

/** The epsilon >= 0 with mass - e^(epsilon - base) discounted = delta. */
function solve(base: number, mass: number, discounted: number, delta: number): number {
  return Math.max(0, base + Math.log((mass - delta) / discounted));
}
