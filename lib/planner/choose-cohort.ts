import type { HospitalConditions } from '#lib/nodes/hospital-conditions';
import { meetsConditions, type RoundTerms } from './meets-conditions.ts';

/** Fewer hospitals than this never answer together: with two, each could subtract its own part. */
export const MIN_COHORT = 3;

/** Public facts about a node that could answer. Never anything that depends on a record. */
export type Candidate = {
  nodeId: string;
  datasetId: string;
  shards: number;
  /** What its dataset account has left, pico-rho. */
  remainingRhoPico: bigint;
  /** Round trip of the last synthetic probe; null before the first. */
  probeMs: number | null;
  /** The chance that it answers a round, by synthetic probes. */
  availability: number;
  /** What its hospital asks of every round. */
  conditions: HospitalConditions;
};

export type CohortChoice =
  | { kind: 'chosen'; cohort: Candidate[] }
  /** Not enough connected nodes that answer together. */
  | { kind: 'too_small'; available: number }
  /** Enough nodes, but too few of their datasets can bear the charge. */
  | { kind: 'exhausted'; affordable: number }
  /** Enough nodes, but too few of their hospitals would let such a round through. */
  | { kind: 'conditions_unmet'; willing: number }
  /** All of them together are not enough for this epsilon; `others` are kept out by their hospitals' own conditions. */
  | { kind: 'not_useful'; cohort: Candidate[]; others: number };

export type CohortRules = {
  /** The fewest that answer together. */
  minCohort: number;
  /** What so many would cost every account, pico-rho. */
  rhoPicoOf: (cohort: readonly Candidate[]) => bigint;
  /** Judged on public quantities alone. */
  isUseful: (cohort: readonly Candidate[]) => boolean;
  /** What the rounds of such a cohort would be like. */
  termsOf: (cohort: readonly Candidate[]) => RoundTerms;
  /** Whether both hospitals have pinned each other and their nodes share a secret. */
  areTogether: (a: string, b: string) => boolean;
};

/**
 * The fewest nodes, at least three, whose shards make the question useful, whose datasets can bear its charge, and every
 * two of which mask together: each node more is one more hospital's budget. Nodes with the most budget left come first,
 * then the quicker probe, then the id. Whoever's hospital would refuse the round is left out of it: a refusal is charged
 * to all that were asked.
 */
export function chooseCohort(candidates: readonly Candidate[], rules: CohortRules): CohortChoice {
  const ranked = onePerDataset([...candidates].sort(byBudgetThenProbe));
  let largest: Candidate[] = [];
  let fallback: CohortChoice | null = null;
  for (const group of groupsOf(ranked, rules.areTogether)) {
    if (group.length < rules.minCohort || (fallback && group.length <= largest.length)) continue;
    const choice = chooseWithin(group, rules);
    if (choice.kind === 'chosen') return choice;
    fallback = choice;
    largest = group;
  }
  if (fallback) return fallback;
  const available = Math.max(0, ...groupsOf(ranked, rules.areTogether).map((group) => group.length));
  return { kind: 'too_small', available };
}

function chooseWithin(ranked: readonly Candidate[], rules: CohortRules): CohortChoice {
  const { minCohort, rhoPicoOf, isUseful } = rules;
  let borne: Candidate[] | null = null;
  let largest = 0;
  for (let size = minCohort; size <= ranked.length; size++) {
    const willing = willingOf(ranked, size, rules);
    if (willing.length < size) continue;
    largest = size;
    const cohort = willing.slice(0, size);
    // The last has the least left.
    if (cohort.at(-1)!.remainingRhoPico < rhoPicoOf(cohort)) continue;
    if (isUseful(cohort)) return { kind: 'chosen', cohort };
    borne = cohort;
  }
  if (borne) return { kind: 'not_useful', cohort: borne, others: ranked.length - largest };
  if (largest === 0) return { kind: 'conditions_unmet', willing: willingOf(ranked, minCohort, rules).length };
  const least = rhoPicoOf(ranked.slice(0, minCohort));
  return { kind: 'exhausted', affordable: ranked.filter((one) => one.remainingRhoPico >= least).length };
}

/**
 * Those who would answer in a cohort of this size, in their order: what a round is like depends on who is in it, so
 * whoever would refuse the first so many is taken out until they all agree. Fewer than `size` where they do not.
 */
function willingOf(ranked: readonly Candidate[], size: number, { termsOf }: CohortRules): Candidate[] {
  let left = [...ranked];
  while (left.length >= size) {
    const cohort = left.slice(0, size);
    const terms = termsOf(cohort);
    const unwilling = new Set(cohort.filter(({ conditions }) => !meetsConditions(terms, conditions)));
    if (unwilling.size === 0) return left;
    left = left.filter((candidate) => !unwilling.has(candidate));
  }
  return left;
}

/** Of each node the group that grows from it in their order: of those that are together with all taken before. */
function groupsOf(
  ranked: readonly Candidate[],
  areTogether: (a: string, b: string) => boolean,
): Candidate[][] {
  const seen = new Set<string>();
  return ranked.flatMap((first) => {
    const group = [first];
    for (const other of ranked) {
      if (other !== first && group.every((member) => areTogether(member.nodeId, other.nodeId)))
        group.push(other);
    }
    group.sort(byBudgetThenProbe);
    const name = group.map(({ nodeId }) => nodeId).join();
    if (seen.has(name)) return [];
    seen.add(name);
    return [group];
  });
}

/** Two nodes on the same records would be two votes of each patient for the price of one. */
function onePerDataset(ranked: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return ranked.filter(({ datasetId }) => !seen.has(datasetId) && seen.add(datasetId));
}

function byBudgetThenProbe(a: Candidate, b: Candidate): number {
  if (a.remainingRhoPico !== b.remainingRhoPico) return a.remainingRhoPico > b.remainingRhoPico ? -1 : 1;
  const probe = (a.probeMs ?? Number.POSITIVE_INFINITY) - (b.probeMs ?? Number.POSITIVE_INFINITY);
  if (probe !== 0 && !Number.isNaN(probe)) return probe;
  return a.nodeId < b.nodeId ? -1 : 1;
}
