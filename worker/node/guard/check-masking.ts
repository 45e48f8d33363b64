import type { RoundHeader } from '#lib/nodes/round-header';
import { mostColluding, mostDropouts } from '#lib/secure-aggregation/masking-choice';
import { type Refusal, refusal } from './refusal.ts';

/** Whether one member's vector stays hidden with as many colluding and absent as the header says (nodes.md section 3). */
export function checkMasking({ masking, cohort, maxCollude, maxDropouts }: RoundHeader): Refusal | null {
  if (masking === 'all-or-nothing') {
    return maxDropouts === 0 ? null : refusal('dropouts', 'a round that needs every member has no dropouts');
  }
  if (maxDropouts < 1 || maxDropouts > mostDropouts(cohort.length))
    return refusal('dropouts', 'so many members cannot be absent from a cohort of this size');
  return maxCollude <= mostColluding(cohort.length)
    ? null
    : refusal('colluders', 'so many colluding members could unmask another one');
}
