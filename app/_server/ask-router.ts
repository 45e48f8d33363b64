import 'server-only';
import type { z } from 'zod';
import type { SessionActor } from '#lib/actor';
import { UnavailableError } from '#lib/errors';
import { authorise } from '#lib/identity/permissions';
import { type Question, type QuoteQuestion, toChatCompletion, toQuoteBody } from '#lib/requests/question';
import {
  completionReplySchema,
  modelsReplySchema,
  proofReplySchema,
  quoteReplySchema,
} from '#lib/requests/router-replies';
import { callRouter } from './router-client.ts';

/** Longer than any round's deadline: giving up early would leave the outcome unknown. */
const ANSWER_TIMEOUT_MS = 120_000;
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
