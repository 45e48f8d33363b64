import { z } from 'zod';
import { MAX_ANSWER_TOKENS } from '#lib/nodes/round-header';
import { responseFormatSchema } from '#lib/openai/answer-format';

/**
 * What a chat completion body may hold. Strict: an unknown field is refused rather than ignored, because a caller
 * who misspells `epsilon` must not be charged for something else. Fields we know and cannot honour are refused in
 * parse-query.ts with the reason.
 */
export const MAX_PROMPT_CHARACTERS = 32_000;

const textPart = z.strictObject({ type: z.literal('text'), text: z.string() });
const message = z.strictObject({
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: z.union([z.string(), z.array(textPart).min(1)]),
  name: z.string().max(64).optional(),
});

export const privacySchema = z.strictObject({
  route: z.enum(['federated', 'public', 'local']).optional(),
  mechanism: z.enum(['vote', 'consensus', 'short-answer']).optional(),
  mode: z.enum(['exact', 'gaussian']).optional(),
  /** Far above any policy; beyond it the number means nothing and is taken for a mistake. */
  epsilon: z.number().positive().max(1000).optional(),
  maxTokens: z.int().positive().max(MAX_ANSWER_TOKENS).optional(),
  /** true asks for the test of the largest count; the other compares it with the second. */
  requireConsensus: z.union([z.boolean(), z.enum(['threshold', 'margin'])]).optional(),
  purpose: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/)
    .optional(),
  /** Requests of one session belong together: a hint for the planner. */
  session: z.string().min(1).max(128).optional(),
});
export type PrivacyOptions = z.infer<typeof privacySchema>;

export const chatCompletionSchema = z.strictObject({
  model: z.string().min(1).max(128),
  messages: z.array(message).min(1).max(64),
  response_format: responseFormatSchema.optional(),
  privacy: privacySchema.optional(),
  stream: z.boolean().nullable().optional(),
  stream_options: z.strictObject({ include_usage: z.boolean().optional() }).nullable().optional(),
  max_tokens: z.int().positive().nullable().optional(),
  max_completion_tokens: z.int().positive().nullable().optional(),
  user: z.string().max(256).optional(),
  metadata: z.record(z.string(), z.string()).nullable().optional(),
  store: z.literal(false).nullable().optional(),
  // Known to OpenAI's API, refused by name when they ask for something we do not do.
  n: z.number().nullable().optional(),
  logprobs: z.unknown().optional(),
  top_logprobs: z.unknown().optional(),
  tools: z.unknown().optional(),
  tool_choice: z.unknown().optional(),
  functions: z.unknown().optional(),
  temperature: z.number().nullable().optional(),
  top_p: z.number().nullable().optional(),
  seed: z.unknown().optional(),
  stop: z.unknown().optional(),
  frequency_penalty: z.number().nullable().optional(),
  presence_penalty: z.number().nullable().optional(),
  logit_bias: z.unknown().optional(),
});
export type ChatCompletionBody = z.infer<typeof chatCompletionSchema>;

/** A quote asks what a request would cost; the question itself is not needed for that. */
export const quoteSchema = chatCompletionSchema.extend({ messages: z.array(message).max(64).optional() });

/** The older form: a bare prompt. It is charged as the same question in a chat is. */
export const completionSchema = z.strictObject({
  model: z.string().min(1).max(128),
  prompt: z.union([z.string(), z.array(z.string()).length(1)]),
  privacy: privacySchema.optional(),
  stream: z.boolean().nullable().optional(),
  stream_options: z.strictObject({ include_usage: z.boolean().optional() }).nullable().optional(),
  max_tokens: z.int().positive().nullable().optional(),
  user: z.string().max(256).optional(),
  n: z.number().nullable().optional(),
});
