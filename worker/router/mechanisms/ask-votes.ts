import type { Contribution } from '#lib/nodes/node-channel';
import type { RouterContext } from '../context.ts';
import type { FederatedConsensus, FederatedVote } from '../query.ts';
import { aggregate } from '../stages/aggregate.ts';
import { dispatch, type RoundCall } from '../stages/dispatch.ts';
import type { Plan } from '../stages/plan.ts';

/** The cohort's votes per label, each in [0, shards asked], with the receipts for them. They never leave this process. */
export type Histogram = { counts: number[]; contributions: Contribution[] };

/** One round in which every shard casts a vote for one label or none. */
export async function askVotes(
  context: RouterContext,
  plan: Plan<FederatedVote | FederatedConsensus>,
  how: Pick<RoundCall, 'mechanism' | 'params'>,
): Promise<Histogram> {
  const { prompt, labels } = plan.query;
  const round = await dispatch(context, plan, {
    ...how,
    query: { prompt, labels: [...labels] },
    len: labels.length,
    scale: 1,
    sensitivity: 1,
    rhoPico: plan.offer.rhoPico,
  });
  const counts = aggregate(round, { len: labels.length, top: plan.shards });
  return { counts, contributions: round.contributions };
}
