import { type EligibleNode, findEligibleNodes } from '#lib/compliance/eligible-nodes';
import { InvalidRequestError } from '#lib/errors';
import { MIN_COHORT } from '#lib/planner/choose-cohort';
import type { RouterContext } from '../context.ts';
import type { FederatedQuery } from '../query.ts';

/** A question that the rules allow, with the nodes that may answer it. */
export type Allowed = { query: FederatedQuery; eligible: EligibleNode[] };

/** Purpose, residency and the organisation's own ceiling. Never changes the route: it allows or refuses. */
export async function applyPolicy(context: RouterContext, query: FederatedQuery): Promise<Allowed> {
  if (query.epsilon > query.caller.maxRequestEpsilon) {
    throw new InvalidRequestError(
      `epsilon ${query.epsilon} is above your organisation's policy of ${query.caller.maxRequestEpsilon} a request.`,
      {
        code: 'epsilon_above_policy',
        param: 'privacy.epsilon',
        extra: { maximum: query.caller.maxRequestEpsilon },
      },
    );
  }
  const eligible = await findEligibleNodes(context.pool, {
    region: query.caller.region,
    purpose: query.purpose,
    minNodes: MIN_COHORT,
  });
  return { query, eligible };
}
