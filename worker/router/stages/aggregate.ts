import { mapIntoRange, sumVectors } from '#lib/secure-aggregation/map-into-range';
import type { Round } from './dispatch.ts';
import type { Plan } from './plan.ts';

/** The cohort's votes per label, each in [0, shards]. It never leaves this process. */
export type Histogram = { plan: Plan; counts: number[]; round: Round };

/** Sums the vectors modulo 2^32 and maps every coordinate into range; no value makes it fail. */
export function aggregate(round: Round): Histogram {
  const { plan, contributions } = round;
  const sum = sumVectors(
    contributions.map((contribution) => contribution.vector),
    plan.query.labels.length,
  );
  return { plan, round, counts: Array.from(sum, (value) => mapIntoRange(value, plan.shards)) };
}
