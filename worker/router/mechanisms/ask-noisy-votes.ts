import type { Contribution } from '#lib/nodes/node-channel';
import type { RoundHeader } from '#lib/nodes/round-header';
import { type Rational, rationalToNumber } from '#lib/privacy/sampling/rational';
import type { RouterContext } from '../context.ts';
import type { GaussianConsensus, GaussianVote } from '../query.ts';
import { aggregate } from '../stages/aggregate.ts';
import { dispatch } from '../stages/dispatch.ts';
import type { Plan } from '../stages/plan.ts';

type GaussianHeader = Extract<RoundHeader, { mode: 'gaussian' }>;

/** Further out the sum of all noise never is: less than one in 10^50. */
const ROOM_IN_SIGMAS = 16;

/** The cohort's noisy votes per label: what the hospitals let go, which is private already. */
export type NoisyHistogram = { noisyCounts: number[]; contributions: Contribution[] };

/** One round in which every shard casts a vote for one label or none, and every hospital adds its own noise. */
export async function askNoisyVotes(
  context: RouterContext,
  plan: Plan<GaussianVote | GaussianConsensus>,
  how: Pick<GaussianHeader, 'mechanism' | 'params'>,
): Promise<NoisyHistogram> {
  const { prompt, labels } = plan.query;
  const round = await dispatch(context, plan, {
    ...how,
    query: { prompt, labels: [...labels] },
    len: labels.length,
    scale: 1,
    sensitivity: 1,
    rhoPico: plan.offer.rhoPico,
  });
  const offset = noiseRoom(plan.cohort.length, how.params.sigma2Local);
  const top = plan.shards + 2 * offset;
  const noisyCounts = aggregate(round, { len: labels.length, offset, top }).map((count) => count - offset);
  return { noisyCounts, contributions: round.contributions };
}

/** How far noise may move a count either way before it is cut off, by public quantities. */
function noiseRoom(nodes: number, { num, den }: { num: string; den: string }): number {
  const sigma2Local: Rational = { num: BigInt(num), den: BigInt(den) };
  return Math.ceil(ROOM_IN_SIGMAS * Math.sqrt(nodes * rationalToNumber(sigma2Local)));
}
