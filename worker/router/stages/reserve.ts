import type { AskedRequest } from '#lib/ledger/insert-request';
import type { ReserveOutcome } from '#lib/ledger/reserve';
import type { RouterContext } from '../context.ts';
import { mechanismOf } from '../mechanisms/mechanism.ts';
import type { PublicQuestion, Query } from '../query.ts';
import type { Plan } from './plan.ts';

/** A reservation stands as long as its answer may take and this; then the reaper charges it. */
const TIME_TO_SETTLE_MS = 30_000;
const PUBLIC_RESERVATION_MS = 120_000;

/** Sets the whole charge aside, durably, before any node hears of the question. */
export function reserveBudgets(context: RouterContext, plan: Plan): Promise<ReserveOutcome> {
  const { query } = plan;
  return context.ledger.reserve({
    ...askedRequest(context, query),
    requestId: query.requestId,
    pseudonym: query.caller.pseudonym,
    epsilon: query.epsilon,
    delta: String(query.delta),
    rhoPico: plan.offer.rhoPico,
    nodes: plan.cohort.length,
    shards: plan.shards,
    parameters: {
      mode: query.mode,
      masking: plan.asked.masking,
      ...plan.offer.parameters,
      s: plan.shards,
      cohort: plan.cohort.map((candidate) => candidate.nodeId).sort(),
    },
    accountIds: plan.accounts.map((account) => account.id),
    reservedForMs: mechanismOf(context, query).longestMs + TIME_TO_SETTLE_MS,
  });
}

/** A public question costs nothing; its row makes it visible and its idempotency key count. */
export function recordPublicQuestion(context: RouterContext, query: PublicQuestion): Promise<ReserveOutcome> {
  return context.ledger.reserve({
    ...askedRequest(context, query),
    requestId: query.requestId,
    pseudonym: query.caller.pseudonym,
    epsilon: null,
    delta: null,
    rhoPico: 0n,
    nodes: 0,
    shards: 0,
    parameters: {},
    accountIds: [],
    reservedForMs: PUBLIC_RESERVATION_MS,
  });
}

/** What the record keeps of any question, debited or refused. */
export function askedRequest(context: RouterContext, query: Query): AskedRequest {
  const { actor } = query.caller;
  return {
    organisationId: actor.organisationId,
    departmentId: actor.departmentId,
    userId: actor.userId,
    apiKeyId: actor.kind === 'api_key' ? actor.apiKeyId : null,
    route: query.route,
    mechanism: query.mechanism,
    mode: query.mode,
    model: query.model,
    purpose: query.purpose,
    bodyHash: query.bodyHash,
    labelCount: query.labels.length,
    replica: context.env.FDLR_REPLICA,
  };
}
