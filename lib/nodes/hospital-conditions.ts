import { z } from 'zod';

/**
 * What a hospital asks of every round before its node gives anything (node.json), said when its node dials in so that
 * nobody is asked, and charged, for a round that it would refuse. Its node's guard is what decides.
 */
export const hospitalConditionsSchema = z.strictObject({
  /** The fewest hospitals in a sum, itself included. */
  minCohort: z.int().min(3),
  /** The fewest others that a gaussian round reckons to be in league with the router. */
  minCollude: z.int().min(0),
  /** The least standard deviation of its own noise in a gaussian round, in votes. */
  minSigmaLocal: z.number().min(2),
});
export type HospitalConditions = z.infer<typeof hospitalConditionsSchema>;
