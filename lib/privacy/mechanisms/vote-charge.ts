import { remember } from '../accounting/remember.ts';
import { rhoFromEpsilon } from '../accounting/zcdp.ts';
import type { Rational } from '../sampling/rational.ts';
import { voteBeta, voteCostRhoPico } from './vote.ts';

/** What one vote is charged and the parameter it is drawn with. */
export type VoteCharge = {
  /** Debited in full from every account the request touches. */
  rhoPico: bigint;
  beta: Rational;
  /** The epsilon asked for, which bounds what `rhoPico` converts to. */
  epsilon: number;
};

/**
 * The charge of one exact vote for a request's epsilon at delta. Invariant:
 * `beta^2/2 <= rhoPico <= rhoFromEpsilon(epsilon, delta)`, so the draw never costs more than is charged and the charge
 * never converts to more than was asked: `epsilonFromRho(rhoPico, delta) <= epsilon`.
 * @throws RangeError when epsilon is not positive and finite, or delta is not inside (0, 1).
 */
export const chargeForEpsilon: (epsilon: number, delta: number) => Readonly<VoteCharge> = remember(
  (epsilon, delta) => {
    const beta = voteBeta(rhoFromEpsilon(epsilon, delta));
    return Object.freeze({ rhoPico: voteCostRhoPico(beta), beta: Object.freeze(beta), epsilon });
  },
);
