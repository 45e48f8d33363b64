import { requirePurpose } from '#lib/compliance/eligible-nodes';
import { ConflictError, UnavailableError } from '#lib/errors';
import type { StagesMs } from '#lib/ledger/settle';
import type { RouterContext } from './context.ts';
import { type Live, mechanismOf, NOBODY_LIVE } from './mechanisms/mechanism.ts';
import type { FederatedQuery, PublicQuestion, Query, Reply } from './query.ts';
import { stageClock } from './stage-clock.ts';
import { askPublicModel } from './stages/ask-public-model.ts';
import { plan } from './stages/plan.ts';
import { applyPolicy } from './stages/policy.ts';
import { recordPublicQuestion } from './stages/reserve.ts';
import { NothingSentError, RoundFailedError } from './stages/round.ts';
import { settlePrivate, settlePublic } from './stages/settle.ts';

/** The chain of a request: each stage takes what the one before gave, none reaches back. */
export function answerQuery(context: RouterContext, query: Query, live = NOBODY_LIVE): Promise<Reply> {
  const answer =
    query.route === 'federated' ? answerPrivately(context, query, live) : answerPublic(context, query);
  context.inFlight.add(answer);
  // Not `finally`: that would make a second promise whose rejection nobody handles.
  const forget = () => context.inFlight.delete(answer);
  answer.then(forget, forget);
  return answer;
}

async function answerPrivately(context: RouterContext, query: FederatedQuery, live: Live): Promise<Reply> {
  const clock = stageClock();
  const planned = await unlessAsked(context, query, async () =>
    plan(context, await applyPolicy(context, query)),
  );
  if ('earlier' in planned) return planned.earlier;
  clock.end('plan');
  if ((await context.stages.reserveBudgets(context, planned)) === 'exists')
    return context.stages.replayed(context, query);
  clock.end('reserve');
  // From here on the budget is debited: whatever happens, the request is settled, charged, or given back unsent.
  try {
    const drawn = await mechanismOf(context, query).answer(context, planned, live, clock);
    return await settlePrivate(context, planned, drawn, clock.stagesMs);
  } catch (error) {
    throw await closeFailed(context, query, error, clock.stagesMs);
  }
}

async function closeFailed(
  context: RouterContext,
  query: Query,
  error: unknown,
  stagesMs: StagesMs,
): Promise<Error> {
  const { requestId } = query;
  if (error instanceof NothingSentError) {
    const message = `The round could not start: ${error.message}. Nothing was charged; ask again with a new Idempotency-Key.`;
    await context.ledger.release(requestId, 'round_failed', message);
    return new UnavailableError(message, { code: 'round_failed', extra: { charged: false, requestId } });
  }
  const what = error instanceof RoundFailedError ? error.message : 'the answer could not be completed';
  const message = `The round failed: ${what}. The request was charged in full, because what was let go is not known.`;
  context.log.warn({ requestId, err: error }, 'round failed after the debit');
  try {
    await context.ledger.settle({
      requestId,
      outcome: 'failed',
      code: 'round_failed',
      message,
      chargeRhoPico: null,
      receipts: error instanceof RoundFailedError ? error.contributions : [],
      stagesMs,
      sealReply: null,
    });
  } catch (failure) {
    // The reservation stands and counts as spent until the reaper settles it: nothing is refunded.
    if (!(failure instanceof ConflictError))
      context.log.error({ requestId, err: failure }, 'charge left to the reaper');
  }
  return new UnavailableError(message, {
    code: 'round_failed',
    extra: { charged: true, requestId },
    cause: error,
  });
}

async function answerPublic(context: RouterContext, query: PublicQuestion): Promise<Reply> {
  const clock = stageClock();
  const allowed = await unlessAsked(context, query, async () => {
    await requirePurpose(context.pool, query.purpose);
    return {};
  });
  if ('earlier' in allowed) return allowed.earlier;
  if ((await recordPublicQuestion(context, query)) === 'exists')
    return context.stages.replayed(context, query);
  clock.end('reserve');
  try {
    const answer = await askPublicModel(context, query);
    clock.end('dispatch');
    return await settlePublic(context, query, answer, clock.stagesMs);
  } catch (error) {
    const message =
      'The public model did not answer. Nothing was charged; ask again with a new Idempotency-Key.';
    await context.ledger.release(query.requestId, 'public_model_unavailable', message);
    context.log.warn({ requestId: query.requestId, err: error }, 'public question failed');
    throw new UnavailableError(message, {
      code: 'public_model_unavailable',
      extra: { charged: false },
      cause: error,
    });
  }
}

/**
 * A retry is never refused: the budget may be gone by now, or a hospital, the answer is not. Whether it is one is
 * looked up where it would be refused; where it would not, the reservation finds out.
 */
async function unlessAsked<T extends object>(
  context: RouterContext,
  query: Query,
  prepare: () => Promise<T>,
): Promise<T | { earlier: Reply }> {
  try {
    return await prepare();
  } catch (refusal) {
    const known = await context.pool.query('SELECT 1 FROM request WHERE id = $1', [query.requestId]);
    if (known.rowCount === 0) throw refusal;
    return { earlier: await context.stages.replayed(context, query) };
  }
}
