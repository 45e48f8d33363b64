import { createHmac, randomUUID } from 'node:crypto';
import { principalId } from '#lib/actor';
import { canonicalJson } from '#lib/crypto/canonical-json';
import { InvalidRequestError, NotFoundError } from '#lib/errors';
import { deriveRequestId } from '#lib/ledger/request-id';
import { chargeForEpsilon } from '#lib/privacy/mechanisms/vote-charge';
import type { RouterContext } from '../context.ts';
import type { Caller, Query } from '../query.ts';
import { type AnswerFormat, readAnswerFormat } from './answer-schema.ts';
import {
  type ChatCompletionBody,
  MAX_PROMPT_CHARACTERS,
  type PrivacyOptions,
} from './chat-completion-schema.ts';

export const MODEL = 'demo-medllama';
export const DEFAULT_PURPOSE = 'clinical-decision-support';
const DEFAULT_PUBLIC_TOKENS = 64;
const MAX_PUBLIC_TOKENS = 160;

/** Makes a Query of a checked body: which route, which mechanism, what it costs. Throws for every contradiction. */
export function parseQuery(
  context: RouterContext,
  caller: Caller,
  body: ChatCompletionBody,
  idempotencyKey: string | null,
): Query {
  refuseUnsupported(body);
  const privacy = body.privacy ?? {};
  const { model, route } = readModel(body.model, privacy);
  const format = readAnswerFormat(body.response_format);
  const common = {
    requestId: deriveRequestId(
      caller.actor.organisationId,
      principalId(caller.actor),
      idempotencyKey ?? randomUUID(),
    ),
    caller,
    model,
    requestedModel: body.model,
    prompt: readPrompt(body),
    labels: format.labels,
    answer: format.answer,
    purpose: privacy.purpose ?? DEFAULT_PURPOSE,
    bodyHash: createHmac('sha256', context.keys.bodyHash).update(canonicalJson(body)).digest(),
  };
  if (route === 'public') {
    refuseForPublic(privacy);
    const asked = privacy.maxTokens ?? body.max_completion_tokens ?? body.max_tokens ?? DEFAULT_PUBLIC_TOKENS;
    const mechanism = format.labels.length > 0 ? 'vote' : 'completion';
    return { ...common, route, mechanism, mode: 'none', maxTokens: Math.min(asked, MAX_PUBLIC_TOKENS) };
  }
  refuseForVote(privacy, body, format);
  const epsilon = privacy.epsilon ?? context.defaults.epsilon;
  const { delta } = context.defaults;
  const { rhoPico, beta } = chargeForEpsilon(epsilon, delta);
  if (rhoPico <= 0n)
    throw invalid(`epsilon ${epsilon} is too small to buy anything.`, 'invalid_epsilon', 'privacy.epsilon');
  return { ...common, route, mechanism: 'vote', mode: 'exact', epsilon, delta, rhoPico, beta };
}

function readModel(
  requested: string,
  privacy: PrivacyOptions,
): { model: string; route: 'federated' | 'public' } {
  const [model, suffix, ...rest] = requested.split(':');
  const known = model === MODEL && rest.length === 0 && [undefined, 'public', 'local'].includes(suffix);
  if (!known) {
    throw new NotFoundError(
      `The model "${requested.slice(0, 64)}" does not exist. GET /v1/models lists what does.`,
      {
        code: 'model_not_found',
        param: 'model',
      },
    );
  }
  if (suffix !== undefined && privacy.route !== undefined && privacy.route !== suffix) {
    throw contradiction(
      `the model's suffix says ${suffix} and privacy.route says ${privacy.route}`,
      'privacy.route',
    );
  }
  const route = suffix ?? privacy.route ?? 'federated';
  if (route === 'local') {
    throw invalid(
      "Local answers never cross the router: ask your hospital's node directly.",
      'route_unavailable',
      suffix ? 'model' : 'privacy.route',
    );
  }
  return { model: MODEL, route: route === 'public' ? 'public' : 'federated' };
}

function readPrompt(body: ChatCompletionBody): string {
  const texts = body.messages
    .filter((message) => message.role !== 'assistant')
    .map(({ content }) =>
      typeof content === 'string' ? content : content.map((part) => part.text).join('\n'),
    );
  const prompt = texts.join('\n').trim();
  if (prompt === '') throw invalid('The messages hold no text.', 'invalid_messages', 'messages');
  if (prompt.length > MAX_PROMPT_CHARACTERS) {
    throw invalid(
      `The messages hold ${prompt.length} characters; at most ${MAX_PROMPT_CHARACTERS} are taken.`,
      'prompt_too_long',
      'messages',
    );
  }
  return prompt;
}

/** What OpenAI's API offers and a private answer cannot give. */
function refuseUnsupported(body: ChatCompletionBody): void {
  if (body.n !== undefined && body.n !== null && body.n !== 1) {
    throw invalid(
      'n must be 1: every further choice would be a further charge.',
      'unsupported_parameter',
      'n',
    );
  }
  const offered = (value: unknown) => value !== undefined && value !== null && value !== false;
  if (offered(body.logprobs) || offered(body.top_logprobs)) {
    throw invalid(
      'Log-probabilities of private answers are never released.',
      'unsupported_parameter',
      'logprobs',
    );
  }
  for (const field of ['tools', 'tool_choice', 'functions', 'seed', 'stop', 'logit_bias'] as const) {
    if (offered(body[field])) throw invalid(`"${field}" is not supported.`, 'unsupported_parameter', field);
  }
  for (const [field, neutral] of [
    ['temperature', 1],
    ['top_p', 1],
    ['frequency_penalty', 0],
    ['presence_penalty', 0],
  ] as const) {
    const value = body[field];
    if (value !== undefined && value !== null && value !== neutral) {
      throw invalid(
        `"${field}" is not supported: epsilon decides how answers are drawn.`,
        'unsupported_parameter',
        field,
      );
    }
  }
  if (body.stream_options && !body.stream) {
    throw contradiction('stream_options needs stream: true', 'stream_options');
  }
}

function refuseForPublic(privacy: PrivacyOptions): void {
  for (const field of ['epsilon', 'mechanism', 'mode', 'requireConsensus'] as const) {
    if (privacy[field] !== undefined) {
      throw contradiction(
        `the public route charges nothing and takes no privacy.${field}`,
        `privacy.${field}`,
      );
    }
  }
}

function refuseForVote(privacy: PrivacyOptions, body: ChatCompletionBody, format: AnswerFormat): void {
  const hasLabels = format.labels.length > 0;
  if (privacy.mechanism === 'short-answer' && hasLabels) {
    throw contradiction(
      'privacy.mechanism says short-answer and response_format lists labels',
      'privacy.mechanism',
    );
  }
  if ((privacy.mechanism === 'vote' || privacy.mechanism === 'consensus') && !hasLabels) {
    throw contradiction(
      `privacy.mechanism says ${privacy.mechanism} and no labels are given`,
      'privacy.mechanism',
    );
  }
  if (!hasLabels) {
    throw invalid(
      'Private free text is not available in this version. Give an enum in response_format for a vote, or use the model with ":public".',
      'mechanism_unavailable',
      'response_format',
    );
  }
  if (privacy.mechanism === 'consensus' || privacy.requireConsensus === true) {
    throw invalid(
      'Consensus votes are not available in this version.',
      'mechanism_unavailable',
      'privacy.mechanism',
    );
  }
  if (privacy.mode === 'gaussian') {
    throw invalid(
      'The gaussian mode is not available in this version; votes run in exact mode.',
      'mode_unavailable',
      'privacy.mode',
    );
  }
  if (privacy.maxTokens !== undefined) {
    throw contradiction('a vote has no length: privacy.maxTokens belongs to free text', 'privacy.maxTokens');
  }
  if (body.max_tokens && body.max_completion_tokens && body.max_tokens !== body.max_completion_tokens) {
    throw contradiction('max_tokens and max_completion_tokens differ', 'max_tokens');
  }
}

function invalid(message: string, code: string, param: string): InvalidRequestError {
  return new InvalidRequestError(message, { code, param });
}

function contradiction(what: string, param: string): InvalidRequestError {
  return invalid(`The request contradicts itself: ${what}.`, 'contradictory_request', param);
}
