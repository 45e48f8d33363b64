import type { Hits } from './attack.ts';
import { clopperPearson } from './clopper-pearson.ts';

/**
 * What a number of answers proves about a mechanism, from below. Every function is wrong, that is too high, with
 * probability at most `error`; a bound under the claim refutes nothing and proves nothing.
 */

/** Orders at which the divergence is looked at; 1 is Kullback and Leibler's. */
const ORDERS = [1, 1.25, 1.5, 2, 3, 4, 6, 8, 16, 32];

/** The largest total variation distance that a rho-zCDP mechanism can show between neighbours (Pinsker). */
export function totalVariationLimit(rho: number): number {
  return Math.sqrt(rho / 2);
}

/**
 * |P(event) - Q(event)| from below. The attacker guesses "left" where the event happened and "right" otherwise: right
 * with probability (1 + P - Q)/2 on average over both sides. The number of right guesses of equally many answers a side
 * is less spread than a binomial of that average (Hoeffding, Ann. Math. Stat. 27, 1956, theorem 4), so Clopper and
 * Pearson's bound of the binomial holds (for errors under 1/4, where those tails begin), with half the answers that a
 * bound for each side would need. Two-sided: an event that was chosen the wrong way round counts too.
 */
export function distanceLowerBound({ left, right, samplesPerSide }: Hits, error: number): number {
  const rightGuesses = left + samplesPerSide - right;
  const { lower, upper } = clopperPearson(rightGuesses, 2 * samplesPerSide, error / 2);
  return Math.max(0, 2 * lower - 1, 1 - 2 * upper);
}

/**
 * rho from below, in zCDP: whether the event happened is a function of the answer, so its divergence of order alpha is
 * at most alpha rho at every order (data processing), and the distance at most sqrt(rho/2). The second is the better
 * bound where rho is small, the first where it is not. Each has half of the error.
 */
export function rhoLowerBound(hits: Hits, error: number): number {
  const distance = distanceLowerBound(hits, error / 2);
  const [p, q] = intervals(hits, error / 2);
  const apart = p.lower > q.upper ? [p.lower, q.upper] : q.lower > p.upper ? [p.upper, q.lower] : null;
  const rhos = ORDERS.flatMap((alpha) => {
    if (apart === null) return [];
    const [a, b] = apart as [number, number];
    return [binaryDivergence(a, b, alpha) / alpha, binaryDivergence(b, a, alpha) / alpha];
  });
  return Math.max(2 * distance * distance, ...rhos);
}

/**
 * epsilon from below, by P(event) <= e^epsilon Q(event) + delta for the event and its complement, from either side.
 * Weak by nature: a mechanism at its limit shows a fraction of the epsilon that covers every order of its loss.
 */
export function epsilonLowerBound(hits: Hits, delta: number, error: number): number {
  const [p, q] = intervals(hits, error);
  const pairs = [
    [p.lower, q.upper],
    [q.lower, p.upper],
    [1 - p.upper, 1 - q.lower],
    [1 - q.upper, 1 - p.lower],
  ] as const;
  const bounds = pairs.map(([likely, rare]) => (likely > delta ? Math.log((likely - delta) / rare) : 0));
  return Math.max(0, ...bounds);
}

type Interval = { lower: number; upper: number };

/** Both probabilities of the event, all four ends together wrong with probability at most `error`. */
function intervals({ left, right, samplesPerSide }: Hits, error: number): [Interval, Interval] {
  return [clopperPearson(left, samplesPerSide, error / 4), clopperPearson(right, samplesPerSide, error / 4)];
}

/** D_alpha of an event of probability p against one of probability q, both inside (0, 1). */
function binaryDivergence(p: number, q: number, alpha: number): number {
  const happens = Math.log(p / q);
  const fails = Math.log1p(-p) - Math.log1p(-q);
  if (alpha === 1) return (p > 0 ? p * happens : 0) + (1 - p) * fails;
  return (
    Math.log(p * Math.exp((alpha - 1) * happens) + (1 - p) * Math.exp((alpha - 1) * fails)) / (alpha - 1)
  );
}
