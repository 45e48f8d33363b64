import { rhoLowerBound } from './bounds.ts';
import { lookAt } from './looks.ts';
import type { AuditedMechanism, AuditReport, PlantedBugResult } from './report.ts';

/** `too_few_samples`: nothing was proved, or nothing could have refuted the charge, whatever the answers had been. */
export type LineVerdict = 'not_refuted' | 'refuted' | 'too_few_samples';

/**
 * `danger`: a claim is refuted or a bug was missed. `incomplete`: nothing was judged, or nothing shows that the attack
 * would find a bug. `partial`: some claims had too few samples. `ok`: every claim was judged and none refuted.
 */
export type ReportState = 'danger' | 'incomplete' | 'partial' | 'ok';

/** Judged by the figures of a line. The file's own word can make it worse, never better. */
export function judgeClaim(
  { claimed, measured, samplesPerSide, verdict }: AuditedMechanism,
  error: number,
): LineVerdict {
  if (measured.rho > claimed.rho || verdict === 'refuted') return 'refuted';
  if (measured.rho === 0 || mostProvable(samplesPerSide, error) <= claimed.rho) return 'too_few_samples';
  return 'not_refuted';
}

/** A bug is caught where the figures refute its charge, as its line says. */
export function isCaught({ claimed, measured, caught }: PlantedBugResult): boolean {
  return caught && measured.rho > claimed.rho;
}

/**
 * Asked of the mechanism itself: they take more requests to see than a router answers in the time of an audit, or the
 * nodes' guards refuse to make them.
 */
const WITHOUT_API: readonly PlantedBugResult['bug'][] = [
  'tokens-charged-once',
  'sqrt-two-forgotten',
  'all-shares-counted',
];

export function isWithoutApi({ bug }: PlantedBugResult): boolean {
  return WITHOUT_API.includes(bug);
}

/** What the lines come to together. */
export function judgeReport({ mechanisms, plantedBugs, error }: AuditReport) {
  const verdicts = mechanisms.map((line) => judgeClaim(line, error));
  const counts = {
    claims: verdicts.length,
    refuted: verdicts.filter((verdict) => verdict === 'refuted').length,
    tooFew: verdicts.filter((verdict) => verdict === 'too_few_samples').length,
    bugs: plantedBugs.length,
    caught: plantedBugs.filter(isCaught).length,
    withoutApi: plantedBugs.filter((line) => isWithoutApi(line) && isCaught(line)).length,
    samples: mechanisms.reduce((sum, { samplesPerSide }) => sum + 2 * samplesPerSide, 0),
  };
  return { state: stateOf(counts), ...counts };
}

type Counts = { claims: number; refuted: number; tooFew: number; bugs: number; caught: number };

function stateOf({ claims, refuted, tooFew, bugs, caught }: Counts): ReportState {
  if (refuted > 0 || caught < bugs) return 'danger';
  if (bugs === 0 || tooFew === claims) return 'incomplete';
  return tooFew > 0 ? 'partial' : 'ok';
}

/** The rho that so many answers prove when every one of them tells the neighbours apart: no attack can show more. */
function mostProvable(samplesPerSide: number, error: number): number {
  if (samplesPerSide === 0) return 0;
  // The first look may spend the most of the error, so this is the most that any look could have proved.
  const look = lookAt(1, samplesPerSide, error);
  return rhoLowerBound({ left: samplesPerSide, right: 0, samplesPerSide }, look.error);
}
