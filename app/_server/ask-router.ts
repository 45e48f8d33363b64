import 'server-only';
import type { z } from 'zod';
import type { SessionActor } from '#lib/actor';
import { UnavailableError } from '#lib/errors';
import { authorise } from '#lib/identity/permissions';
import type { AnswerEvent } from '#lib/requests/answer-events';
import {
  type Question,
  type QuoteQuestion,
  type ShortAnswerQuestion,
  toChatCompletion,
  toQuoteBody,
} from '#lib/requests/question';
import { readCompletionStream } from '#lib/requests/read-completion-stream';
import {
  completionReplySchema,
  modelsReplySchema,
  proofReplySchema,
  quoteReplySchema,
} from '#lib/requests/router-replies';
import { splitLines } from '#lib/streams/split-lines';
import { callRouter, streamFromRouter } from './router-client.ts';

/** Longer than any round's deadline: giving up early would leave the outcome unknown. */
const ANSWER_TIMEOUT_MS = 120_000;
/** The same for an answer that is drawn token by token and shown on the way. */
const DRAWING_TIMEOUT_MS = 300_000;
const LOOKUP_TIMEOUT_MS = 10_000;

function authoriseAsking(actor: SessionActor): void {
  authorise(actor, 'request.ask', { ...actor, kind: 'request' });
}

/** Asks the router. The same `idempotencyKey` is charged once, however often it is sent. */
export async function askQuestion(actor: SessionActor, question: Question, idempotencyKey: string) {
  authoriseAsking(actor);
  const body = toChatCompletion(question);
  const call = { path: '/v1/chat/completions', body, idempotencyKey, timeoutMs: ANSWER_TIMEOUT_MS };
  return read(completionReplySchema, await callRouter(actor, call));
}

/**
 * Asks for a short answer and reads it as it is drawn. Resolves once the first token is there: what is refused before
 * is thrown here. Aborting `signal` hangs up, upon which the router draws no further token.
 */
export async function askForText(
  actor: SessionActor,
  question: ShortAnswerQuestion,
  idempotencyKey: string,
  signal: AbortSignal,
): Promise<AsyncGenerator<AnswerEvent>> {
  authoriseAsking(actor);
  const body = { ...toChatCompletion(question), stream: true };
  const call = { path: '/v1/chat/completions', body, idempotencyKey, timeoutMs: DRAWING_TIMEOUT_MS, signal };
  return readCompletionStream(splitLines(await streamFromRouter(actor, call)));
}

/** What a question would cost and be worth. Free, and carries no prompt. */
export async function quoteQuestion(actor: SessionActor, question: QuoteQuestion) {
  authoriseAsking(actor);
  const body = toQuoteBody(question);
  const call = { path: '/v1/privacy/quote', body, timeoutMs: LOOKUP_TIMEOUT_MS };
  return read(quoteReplySchema, await callRouter(actor, call));
}

/** The engine's models; the names with a route after a colon are left out, for the route is chosen apart. */
export async function listModels(actor: SessionActor) {
  authoriseAsking(actor);
  const reply = await callRouter(actor, { path: '/v1/models', timeoutMs: LOOKUP_TIMEOUT_MS });
  const ids = read(modelsReplySchema, reply).data.map((model) => model.id);
  return { models: ids.filter((id) => !id.includes(':')) };
}

/** A leaf's inclusion proof. The caller has authorised the thing that the leaf is about. */
export async function fetchProof(actor: SessionActor, leafHash: string) {
  const call = { path: `/v1/audit/proof/${leafHash}`, timeoutMs: LOOKUP_TIMEOUT_MS };
  return read(proofReplySchema, await callRouter(actor, call));
}

function read<S extends z.ZodType>(schema: S, reply: unknown): z.output<S> {
  const parsed = schema.safeParse(reply);
  if (parsed.success) return parsed.data;
  throw new UnavailableError('The router answered something unexpected.', {
    code: 'outcome_unknown',
    cause: parsed.error,
  });
}
