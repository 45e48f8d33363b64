import { type Charge, chargeOf, isOutcomeKnown } from '#lib/requests/outcome';
import type { Problem } from '../console-api.ts';

/** A question that was sent and got no answer, with what is known about its charge. */
export class Unanswered extends Error {
  readonly problem: Problem;
  readonly charge: Charge;
  /** Its key is spent, or was never used: asking again is a new question. */
  readonly isOutcomeKnown: boolean;

  constructor(problem: Problem, retry: boolean) {
    super(problem.detail);
    this.name = 'Unanswered';
    this.problem = problem;
    this.charge = chargeOf(problem, retry);
    this.isOutcomeKnown = isOutcomeKnown(problem);
  }
}
