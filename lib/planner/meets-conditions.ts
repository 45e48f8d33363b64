import type { HospitalConditions } from '#lib/nodes/hospital-conditions';
import type { Protection } from './protection.ts';

/** What the headers of a cohort's rounds will say of it. */
export type RoundTerms = Protection & {
  /** The fewest hospitals whose sum the router takes. */
  minCohort: number;
  /** The variance of each hospital's own noise; null where they add none. */
  sigma2Local: number | null;
};

/** Whether a hospital's guard would let such a round through, as far as its conditions go (worker/node/guard). */
export function meetsConditions(terms: RoundTerms, conditions: HospitalConditions): boolean {
  const { minCohort, minCollude, minSigmaLocal } = conditions;
  if (terms.minCohort < minCohort || terms.nodes - terms.maxDropouts < minCohort) return false;
  if (terms.sigma2Local === null) return true;
  return terms.maxCollude >= minCollude && terms.sigma2Local >= minSigmaLocal ** 2;
}
