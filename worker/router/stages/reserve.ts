import type { AskedRequest } from '#lib/ledger/insert-request';
import { type ReserveOutcome, reserve } from '#lib/ledger/reserve';
import type { RouterContext } from '../context.ts';
import type { PublicQuestion, Query } from '../query.ts';
import { ROUND_DEADLINE_MS } from './dispatch.ts';
import type { Plan } from './plan.ts';

/** How long a reservation may stand before the reaper charges it: the round's deadline and ample time to settle. */
const RESERVATION_MS = ROUND_DEADLINE_MS + 30_000;
const PUBLIC_RESERVATION_MS = 120_000;

/** Sets the whole charge aside, durably, before any node hears of the question. */
export function reserveBudgets(context: RouterContext, plan: Plan): Promise<ReserveOutcome> {
  const { query } = plan;
  return reserve(context.pool, {
    ...askedRequest(context, query),
    requestId: query.requestId,
    pseudonym: query.caller.pseudonym,
    epsilon: query.epsilon,
    delta: String(query.delta),
    rhoPico: query.rhoPico,
    nodes: plan.cohort.length,
    shards: plan.shards,
    parameters: {
      mode: query.mode,
      beta: { num: String(query.beta.num), den: String(query.beta.den) },
      K: query.labels.length,
      s: plan.shards,
      cohort: plan.cohort.map((candidate) => candidate.nodeId).sort(),
    },
    accountIds: plan.accounts.map((account) => account.id),
    reservedForMs: RESERVATION_MS,
  });
}

/** A public question costs nothing; its row makes it visible and its idempotency key count. */
export function recordPublicQuestion(context: RouterContext, query: PublicQuestion): Promise<ReserveOutcome> {
  return reserve(context.pool, {
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
