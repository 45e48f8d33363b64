import type { LossPair } from './loss-pair.ts';

/**
 * The smallest pair that dominates every mechanism of bounded range eta, that is: for every two neighbours all
 * log-probabilities move within an interval [t - eta, t], with a t of their own (Durfee, Rogers, arXiv 1905.04273).
 *
 * For one t the worst is the two-point pair of losses t and t - eta, with P-mass (e^eta - e^t)/(e^eta - 1) on t (Dong,
 * Durfee, Rogers, arXiv 1909.13830, lemma 2.4). Its hockey-stick curve at x = e^epsilon is that mass times (1 - x e^-t),
 * largest at t = (epsilon + eta)/2, where it is (e^(eta/2) - e^(epsilon/2))^2/(e^eta - 1) for |epsilon| <= eta. This
 * envelope is convex and falling in x, from 1 - x to 0, hence a curve of a pair: twice differentiated, P has density
 * e^(loss/2)/(4 sinh(eta/2)) on [-eta, eta] and Q its mirror.
 *
 * It holds for adaptive composition: whatever happened before, the next mechanism's curve is below this one, and
 * dominating pairs compose (Zhu, Dong, Wang, arXiv 2106.08567, theorem 10). The price is that t may change at every
 * step: the loss varies by eta^2/3 a step where one fixed t gives eta^2/4, so that over many steps the zCDP bound
 * eta^2/8 can be the better one, and reports take the smaller.
 */
export function boundedRangePair(eta: number): LossPair {
  // e^(x/2)/(4 sinh(eta/2)) without overflow.
  const scale = 1 / (2 * -Math.expm1(-eta));
  return {
    atoms: [],
    smooth: {
      from: -eta,
      to: eta,
      step: Math.min(0.1, eta / 8),
      density: (x) => scale * Math.exp((x - eta) / 2),
      loss: (x) => x,
      outcome: (loss) => loss,
    },
    infinite: 0,
  };
}

/**
 * The two-point pair at t = eta/2, which real neighbours can have (one vote moved between two labels of equal count).
 * Composed it is a *lower* bound on what a bounded-range composition may reveal, and no guarantee.
 */
export function boundedRangeAttainedPair(eta: number): LossPair {
  const mass = 1 / (1 + Math.exp(-eta / 2));
  return {
    atoms: [
      { loss: eta / 2, mass },
      { loss: -eta / 2, mass: 1 - mass },
    ],
    smooth: null,
    infinite: 0,
  };
}
