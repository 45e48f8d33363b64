import { createHmac, randomUUID } from 'node:crypto';
import { principalId } from '#lib/actor';
import { canonicalJson } from '#lib/crypto/canonical-json';
import { InvalidRequestError, NotFoundError } from '#lib/errors';
import { deriveRequestId } from '#lib/ledger/request-id';
import { MAX_ANSWER_TOKENS } from '#lib/nodes/round-header';
import { rememberedRho } from '#lib/privacy/accounting/remembered-rho';
import { chargeForEpsilon } from '#lib/privacy/mechanisms/vote-charge';
import type { RouterContext } from '../context.ts';
import type { Caller, FederatedQuery, Query } from '../query.ts';
import { type AnswerFormat, readAnswerFormat } from './answer-schema.ts';
import {
  type ChatCompletionBody,
  MAX_PROMPT_CHARACTERS,
  type PrivacyOptions,
} from './chat-completion-schema.ts';

export const MODEL = 'demo-medllama';
export const DEFAULT_PURPOSE = 'clinical-decision-support';
const DEFAULT_TOKENS = 64;
/** What the discreteness of the noise costs at most, far below what any useful epsilon pays for. */
const LEAST_NOISE_RHO_PICO = 10n;

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
  const wantedTokens = readWantedTokens(privacy, body);
  if (route === 'public') {
    refuseForPublic(privacy);
    const mechanism = format.labels.length > 0 ? 'vote' : 'completion';
    return { ...common, route, mechanism, mode: 'none', maxTokens: wantedTokens ?? DEFAULT_TOKENS };
  }
  const mechanism = readMechanism(privacy, format);
  const epsilon = privacy.epsilon ?? context.defaults.epsilon;
  const { delta } = context.defaults;
  const federated = { ...common, route, epsilon, delta };
  if (mechanism === 'short-answer') {
    const rhoPico = payable(rememberedRho(epsilon, delta), epsilon);
    return {
      ...federated,
      mechanism,
      mode: 'exact',
      rhoPico,
      wantedTokens: wantedTokens ?? DEFAULT_TOKENS,
    };
  }
  if (wantedTokens !== undefined && privacy.maxTokens !== undefined) {
    throw contradiction('a vote has no length: privacy.maxTokens belongs to free text', 'privacy.maxTokens');
  }
  const test = typeof privacy.requireConsensus === 'string' ? privacy.requireConsensus : 'threshold';
  if (privacy.mode !== 'exact') {
    const rhoPico = rememberedRho(epsilon, delta);
    payable(rhoPico - LEAST_NOISE_RHO_PICO, epsilon);
    const gaussian = { ...federated, mode: 'gaussian' as const, rhoPico };
    return mechanism === 'vote' ? { ...gaussian, mechanism } : { ...gaussian, mechanism, test };
  }
  if (mechanism === 'consensus') {
    const rhoPico = rememberedRho(epsilon, delta);
    // One pico-rho cannot pay for both a test and a vote.
    payable(rhoPico - 1n, epsilon);
    return { ...federated, mechanism, mode: 'exact', rhoPico, test };
  }
  const { rhoPico, beta } = chargeForEpsilon(epsilon, delta);
  return { ...federated, mechanism, mode: 'exact', rhoPico: payable(rhoPico, epsilon), beta };
}

function payable(rhoPico: bigint, epsilon: number): bigint {
  if (rhoPico > 0n) return rhoPico;
  throw invalid(`epsilon ${epsilon} is too small to buy anything.`, 'invalid_epsilon', 'privacy.epsilon');
}

/** How long an answer the caller would take, from whichever field says so; undefined when none does. */
function readWantedTokens(privacy: PrivacyOptions, body: ChatCompletionBody): number | undefined {
  const { max_tokens: old, max_completion_tokens: now } = body;
  if (old && now && old !== now) {
    throw contradiction('max_tokens and max_completion_tokens differ', 'max_tokens');
  }
  const limit = now ?? old ?? undefined;
  if (privacy.maxTokens !== undefined && limit !== undefined && privacy.maxTokens !== limit) {
    throw contradiction('privacy.maxTokens and max_tokens differ', 'privacy.maxTokens');
  }
  // OpenAI's fields are upper limits, so a higher one than we can give is met by giving less.
  return privacy.maxTokens ?? (limit === undefined ? undefined : Math.min(limit, MAX_ANSWER_TOKENS));
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

/** Which mechanism a private question asks for: labels make a vote, none make a short answer. */
function readMechanism(privacy: PrivacyOptions, format: AnswerFormat): FederatedQuery['mechanism'] {
  const { mechanism, requireConsensus, mode } = privacy;
  const hasLabels = format.labels.length > 0;
  if (mode === 'gaussian' && !hasLabels) {
    throw invalid(
      'Short answers run in exact mode only: the hospitals can add noise of their own to votes, not to text.',
      'mode_unavailable',
      'privacy.mode',
    );
  }
  if (!hasLabels) {
    if (mechanism !== undefined && mechanism !== 'short-answer') {
      throw contradiction(`privacy.mechanism says ${mechanism} and no labels are given`, 'privacy.mechanism');
    }
    if (requireConsensus) {
      throw contradiction(
        'a consensus is one over labels and none are given: list them as an enum in response_format',
        'privacy.requireConsensus',
      );
    }
    return 'short-answer';
  }
  if (mechanism === 'short-answer') {
    throw contradiction(
      'privacy.mechanism says short-answer and response_format lists labels',
      'privacy.mechanism',
    );
  }
  if (mechanism === 'vote' && requireConsensus) {
    throw contradiction(
      'privacy.mechanism says vote and privacy.requireConsensus asks for more',
      'privacy.requireConsensus',
    );
  }
  if (mechanism === 'consensus' && requireConsensus === false) {
    throw contradiction(
      'privacy.mechanism says consensus and privacy.requireConsensus says no',
      'privacy.requireConsensus',
    );
  }
  return mechanism === 'consensus' || requireConsensus ? 'consensus' : 'vote';
}

function invalid(message: string, code: string, param: string): InvalidRequestError {
  return new InvalidRequestError(message, { code, param });
}

function contradiction(what: string, param: string): InvalidRequestError {
  return invalid(`The request contradicts itself: ${what}.`, 'contradictory_request', param);
}
