import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, InvalidRequestError } from '#lib/errors';
import { authorise } from '#lib/identity/permissions';
import { recordRefusal } from '#lib/ledger/record-refusal';
import { answerQuery } from '../answer-query.ts';
import type { RouterContext } from '../context.ts';
import { NOBODY_LIVE } from '../mechanisms/mechanism.ts';
import type { Caller, Query } from '../query.ts';
import { askedRequest } from '../stages/reserve.ts';
import { authenticate } from './authenticate.ts';
import type { ChatCompletionBody } from './chat-completion-schema.ts';
import { CompletionStream } from './completion-stream.ts';
import { logFault } from './error-reply.ts';
import { hungUp } from './hung-up.ts';
import { parseQuery } from './parse-query.ts';
import type { CompletionForm } from './render-completion.ts';

const MAX_KEY_CHARACTERS = 255;

/** Authenticate, authorise, parse, answer, render: what both completion routes share. */
export async function ask(
  context: RouterContext,
  request: FastifyRequest,
  reply: FastifyReply,
  toBody: (raw: unknown) => ChatCompletionBody,
  form: CompletionForm,
): Promise<object> {
  const caller = await authenticateToAsk(context, request);
  const body = toBody(request.body);
  const query = parseQuery(context, caller, body, readIdempotencyKey(request));
  const stream = body.stream
    ? new CompletionStream(reply, form, query, body.stream_options?.include_usage === true)
    : null;
  const onText = (text: string) => stream?.text(text);
  try {
    const answer = await answerQuery(
      context,
      query,
      stream ? { onText, signal: hungUp(reply) } : NOBODY_LIVE,
    );
    if (!stream) return form.whole(answer);
    stream.end(answer);
  } catch (error) {
    await keepRefusal(context, query, error);
    if (!stream?.hasStarted) throw error;
    logFault(error as Error, request.id, context.log);
    stream.fail(error as Error);
  }
  return reply;
}

export async function authenticateToAsk(context: RouterContext, request: FastifyRequest): Promise<Caller> {
  const caller = await authenticate(context, request);
  const { organisationId, userId } = caller.actor;
  authorise(caller.actor, 'request.ask', { kind: 'request', organisationId, userId });
  return caller;
}

function readIdempotencyKey(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || key.length === 0 || key.length > MAX_KEY_CHARACTERS) {
    throw new InvalidRequestError(`An Idempotency-Key has 1 to ${MAX_KEY_CHARACTERS} characters.`, {
      code: 'invalid_idempotency_key',
      param: 'Idempotency-Key',
    });
  }
  return key;
}

const REFUSALS_BEFORE_DEBIT = [
  'privacy_budget_exhausted',
  'cohort_too_small',
  'conditions_unmet',
  'epsilon_not_useful',
  'epsilon_above_policy',
  'residency_refused',
  'purpose_refused',
  'unknown_purpose',
];

/** Keeps what was asked and refused; a failure to keep it does not change the caller's answer. */
async function keepRefusal(context: RouterContext, query: Query, error: unknown): Promise<void> {
  if (!(error instanceof DomainError) || !REFUSALS_BEFORE_DEBIT.includes(error.code)) return;
  const epsilon = query.route === 'federated' ? query.epsilon : null;
  await recordRefusal(context.pool, { ...askedRequest(context, query), epsilon }, error).catch(
    (failure: unknown) => context.log.error({ err: failure }, 'a refusal could not be recorded'),
  );
}
