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
};

export type CohortChoice =
  | { kind: 'chosen'; cohort: Candidate[]; shards: number }
  /** Not enough connected nodes. */
  | { kind: 'too_small'; available: number }
  /** Enough nodes, but too few of their datasets can bear the charge. */
  | { kind: 'exhausted'; affordable: number }
  /** All of them together are not enough for this epsilon. */
  | { kind: 'not_useful'; shards: number };

/**
 * The fewest nodes, at least three, whose shards make the question useful and whose datasets can bear its charge: each
 * node more is one more hospital's budget. Nodes with the most budget left come first, then the quicker probe, then the id.
 * @param rhoPicoOf what so many shards would cost every account, pico-rho.
 * @param isUseful judged on the number of shards alone.
 */
export function chooseCohort(
  candidates: readonly Candidate[],
  rhoPicoOf: (shards: number) => bigint,
  isUseful: (shards: number) => boolean,
): CohortChoice {
  const ranked = onePerDataset([...candidates].sort(byBudgetThenProbe));
  if (ranked.length < MIN_COHORT) return { kind: 'too_small', available: ranked.length };
  let borne = 0;
  for (let size = MIN_COHORT; size <= ranked.length; size++) {
    const cohort = ranked.slice(0, size);
    const shards = shardsOf(cohort);
    // The last has the least left.
    if (cohort.at(-1)!.remainingRhoPico < rhoPicoOf(shards)) continue;
    if (isUseful(shards)) return { kind: 'chosen', cohort, shards };
    borne = shards;
  }
  if (borne > 0) return { kind: 'not_useful', shards: borne };
  const least = rhoPicoOf(shardsOf(ranked.slice(0, MIN_COHORT)));
  return { kind: 'exhausted', affordable: ranked.filter((one) => one.remainingRhoPico >= least).length };
}

function shardsOf(cohort: readonly Candidate[]): number {
  return cohort.reduce((sum, { shards }) => sum + shards, 0);
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
