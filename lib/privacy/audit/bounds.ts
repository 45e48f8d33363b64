import type { Hits } from './attack.ts';
import { clopperPearson } from './clopper-pearson.ts';

/**
 * What a number of answers proves about a mechanism, from below. Every function is wrong, that is too high, with
 * probability at most `error`; a bound under the claim refutes nothing and proves nothing.
 */

/** The largest total variation distance that a rho-zCDP mechanism can show between neighbours (Pinsker). */
export function totalVariationLimit(rho: number): number {
  return Math.sqrt(rho / 2);
}

/**
 * |P(event) - Q(event)| from below. The attacker guesses "left" where the event happened and "right" otherwise: right
 * with probability (1 + P - Q)/2 on average over both sides. The number of right guesses of equally many answers a side
 * is less spread than a binomial of that average (Hoeffding, Ann. Math. Stat. 27, 1956, theorem 4), so Clopper and
 * Pearson's bound of the binomial holds (for errors under 1/4, where those tails begin), with half the answers that a bound for each side would need. Two-sided: an
 * event that was chosen the wrong way round counts too.
 */
export function distanceLowerBound({ left, right, samplesPerSide }: Hits, error: number): number {
  const rightGuesses = left + samplesPerSide - right;
  const { lower, upper } = clopperPearson(rightGuesses, 2 * samplesPerSide, error / 2);
  return Math.max(0, 2 * lower - 1, 1 - 2 * upper);
}

/**
 * epsilon from below, by P(event) <= e^epsilon Q(event) + delta for the event and its complement, from either side.
 * Weak by nature: a mechanism at its limit shows a fraction of the epsilon that covers every order of its loss.
 */
export function epsilonLowerBound(hits: Hits, delta: number, error: number): number {
  const { left, right, samplesPerSide: n } = hits;
  // Four bounds, each of which uses one end of two intervals.
  const p = clopperPearson(left, n, error / 4);
  const q = clopperPearson(right, n, error / 4);
  const pairs = [
    [p.lower, q.upper],
    [q.lower, p.upper],
    [1 - p.upper, 1 - q.lower],
    [1 - q.upper, 1 - p.lower],
  ] as const;
  const bounds = pairs.map(([likely, rare]) => (likely > delta ? Math.log((likely - delta) / rare) : 0));
  return Math.max(0, ...bounds);
}

/** rho from below, in zCDP: the distance of a rho-zCDP mechanism is at most sqrt(rho/2). */
export function rhoLowerBound(distance: number): number {
  return 2 * distance * distance;
}
