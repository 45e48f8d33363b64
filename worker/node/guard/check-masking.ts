import type { RoundHeader } from '#lib/nodes/round-header';
import { mostColluding, mostDropouts } from '#lib/secure-aggregation/masking-choice';
import type { NodeConfig } from '../config.ts';
import { type Refusal, refusal } from './refusal.ts';

/** Whether one member's vector stays hidden with as many colluding and absent as the header says (nodes.md section 3). */
export function checkMasking(
  { masking, mode, cohort, maxCollude, maxDropouts }: RoundHeader,
  { minCohort, minCollude }: Pick<NodeConfig, 'minCohort' | 'minCollude'>,
): Refusal | null {
  // The router says how many are in league with it, and less noise is enough for fewer: its word alone does not do.
  if (mode === 'gaussian' && maxCollude < minCollude)
    return refusal('colluders', `this hospital reckons with ${minCollude} of the others being in league`);
  if (masking === 'all-or-nothing') {
    return maxDropouts === 0 ? null : refusal('dropouts', 'a round that needs every member has no dropouts');
  }
  if (maxDropouts < 1 || maxDropouts > mostDropouts(cohort.length))
    return refusal('dropouts', 'so many members cannot be absent from a cohort of this size');
  if (maxCollude > mostColluding(cohort.length))
    return refusal('colluders', 'so many colluding members could unmask another one');
  // What comes out is the sum of those who are left: they are who must be enough.
  const needed = Math.max(minCohort, maxCollude + 2);
  return cohort.length - maxDropouts >= needed
    ? null
    : refusal('cohort_too_small', `this hospital's answer is in no sum of fewer than ${needed}`);
}
