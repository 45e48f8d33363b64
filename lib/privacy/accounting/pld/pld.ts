import { type Adjacency, groupEvents, type PrivacyEvent, requireAdjacency } from '../events.ts';
import { requireDelta } from '../require.ts';
import { composeMasses } from './compose-masses.ts';
import { discretise } from './discretise.ts';
import { eventPair, isSymmetric } from './event-pair.ts';
import { deltaFromLosses, epsilonFromLosses } from './hockey-stick.ts';
import { gridInterval } from './interval.ts';
import type { LossMasses } from './loss-masses.ts';
import { type LossPair, lossMoments } from './loss-pair.ts';
import type { Direction } from './mixture-pair.ts';

/**
 * Privacy-loss-distribution accounting: epsilon and delta of a composition from the distribution of its privacy loss,
 * never below the exact values. For reports; admission counts zCDP.
 */

/** Below it float error in the composition is no longer small against delta, and no value is given. */
export const MIN_PLD_DELTA = 1e-11;
/** A composition is a transform for each kind. */
export const MAX_PLD_KINDS = 256;
/** The share of delta that truncation may take: epsilon moves by less than a part in a million. */
const TRUNCATED_SHARE = 1e-6;

/** One kind of loss in a composition and how often it occurs. */
export type RepeatedPair = { pair: LossPair; count: number };

/**
 * The smallest epsilon for which the adaptive composition of the events is proved (epsilon, delta)-DP under the
 * adjacency: the larger of both directions. Null where an event has no dominating pair (zCDP), or delta is below 1e-11.
 * Infinity where delta events alone exceed delta.
 * @throws RangeError when delta is not inside (0, 1), an event is invalid under the adjacency, or there are more than
 * 256 different ones.
 */
export function pldEpsilon(
  events: readonly PrivacyEvent[],
  delta: number,
  adjacency: Adjacency,
): number | null {
  const losses = composeEvents(events, delta, adjacency);
  if (losses === null) return null;
  return losses.reduce((most, one) => Math.max(most, epsilonFromLosses(one, delta)), 0);
}

/**
 * The smallest delta at epsilon, likewise. `deltaHint` is the order of delta that is looked for: truncation may add a
 * millionth of it.
 * @throws RangeError when epsilon is negative or not finite, deltaHint is not inside (0, 1), or as above.
 */
export function pldDelta(
  events: readonly PrivacyEvent[],
  epsilon: number,
  adjacency: Adjacency,
  deltaHint = 1e-9,
): number | null {
  const losses = composeEvents(events, deltaHint, adjacency);
  if (losses === null) return null;
  return losses.reduce((most, one) => Math.max(most, deltaFromLosses(one, epsilon)), 0);
}

/** The composed losses, one for each direction that differs; empty when nothing ran. */
function composeEvents(
  events: readonly PrivacyEvent[],
  delta: number,
  adjacency: Adjacency,
): LossMasses[] | null {
  requireDelta(delta);
  requireAdjacency(events, adjacency);
  if (delta < MIN_PLD_DELTA) return null;
  const groups = mergeGaussians(groupEvents(events));
  if (groups.length > MAX_PLD_KINDS)
    throw new RangeError(`events must be of at most ${MAX_PLD_KINDS} kinds for a privacy-loss distribution`);
  if (groups.length === 0) return [];
  const directions: Direction[] = groups.every((event) => isSymmetric(event, adjacency))
    ? ['remove']
    : ['remove', 'add'];
  const composed: LossMasses[] = [];
  for (const direction of directions) {
    const parts: RepeatedPair[] = [];
    for (const event of groups) {
      const pair = eventPair(event, adjacency, direction);
      if (pair === null) return null;
      parts.push({ pair, count: event.count });
    }
    composed.push(composePairs(parts, delta));
  }
  return composed;
}

/** The composed loss of pairs, on a grid chosen for them; `delta` says how much may be truncated. */
export function composePairs(parts: readonly RepeatedPair[], delta: number): LossMasses {
  const tail = TRUNCATED_SHARE * delta;
  const spreads = parts.map(({ pair, count }) => {
    const { variance, low, high } = lossMoments(pair);
    return { variance, width: high - low, count };
  });
  for (let interval = gridInterval(spreads); ; interval *= 2) {
    const discretised = parts.map(({ pair, count }) => ({ loss: discretise(pair, interval), count }));
    const composed = composeMasses(discretised, tail);
    if (composed) return composed;
  }
}

/** Gaussians compose to a Gaussian exactly: 1/sigma^2 add up. */
function mergeGaussians(events: readonly PrivacyEvent[]): PrivacyEvent[] {
  const gaussians = events.filter((event) => event.type === 'gaussian');
  if (gaussians.length === 0) return [...events];
  const precision = gaussians.reduce((sum, event) => sum + event.count / event.noise_multiplier ** 2, 0);
  return [
    { type: 'gaussian', noise_multiplier: 1 / Math.sqrt(precision), count: 1 },
    ...events.filter((event) => event.type !== 'gaussian'),
  ];
}
