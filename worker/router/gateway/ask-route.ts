import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, InvalidRequestError } from '#lib/errors';
import { authorise } from '#lib/identity/permissions';
import { recordRefusal } from '#lib/ledger/record-refusal';
import { answerQuery } from '../answer-query.ts';
import type { RouterContext } from '../context.ts';
import type { Caller, Query, Reply } from '../query.ts';
import { askedRequest } from '../stages/reserve.ts';
import { authenticate } from './authenticate.ts';
import type { ChatCompletionBody } from './chat-completion-schema.ts';
import { parseQuery } from './parse-query.ts';

const MAX_KEY_CHARACTERS = 255;

/** Authenticate, authorise, parse, answer: what both completion routes share. */
export async function ask(
  context: RouterContext,
  request: FastifyRequest,
  toBody: (raw: unknown) => ChatCompletionBody,
): Promise<{ reply: Reply; body: ChatCompletionBody }> {
  const caller = await authenticateToAsk(context, request);
  const body = toBody(request.body);
  const query = parseQuery(context, caller, body, readIdempotencyKey(request));
  try {
    return { reply: await answerQuery(context, query), body };
  } catch (error) {
    await keepRefusal(context, query, error);
    throw error;
  }
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

export function sendEvents(reply: FastifyReply, events: string): void {
  reply
    .header('content-type', 'text/event-stream; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(events);
}
