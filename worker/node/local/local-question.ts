import { z } from 'zod';
import { InvalidRequestError } from '#lib/errors';
import { MAX_ANSWER_TOKENS } from '#lib/nodes/round-header';
import { type AnswerShape, readAnswerFormat, responseFormatSchema } from '#lib/openai/answer-format';

const MAX_PROMPT_CHARACTERS = 32_000;
const DEFAULT_TOKENS = 64;

const textPart = z.strictObject({ type: z.literal('text'), text: z.string() });
const message = z.strictObject({
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: z.union([z.string(), z.array(textPart).min(1)]),
  name: z.string().max(64).optional(),
});
/** As strict as the router's: what is not honoured is refused. Nothing private is sold here, so there is no epsilon. */
const bodySchema = z.strictObject({
  model: z.string().min(1).max(128),
  messages: z.array(message).min(1).max(64),
  response_format: responseFormatSchema.optional(),
  privacy: z
    .strictObject({
      route: z.literal('local').optional(),
      purpose: z.string().min(1).max(64).optional(),
      maxTokens: z.int().positive().max(MAX_ANSWER_TOKENS).optional(),
    })
    .optional(),
  max_tokens: z.int().positive().nullable().optional(),
  max_completion_tokens: z.int().positive().nullable().optional(),
  stream: z.literal(false).nullable().optional(),
  n: z.literal(1).nullable().optional(),
  temperature: z.literal([0, 1]).nullable().optional(),
  user: z.string().max(256).optional(),
});

export type LocalQuestion = {
  requestedModel: string;
  prompt: string;
  labels: readonly string[];
  answer: AnswerShape;
  purpose: string;
  maxTokens: number;
};

/** @throws InvalidRequestError that names the field at fault. */
export function readLocalQuestion(raw: unknown, modelId: string, purposes: readonly string[]): LocalQuestion {
  const parsed = bodySchema.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(
      issue?.message ?? 'The body is not valid.',
      'invalid_request',
      issue?.path.join('.') ?? 'body',
    );
  }
  const { model, messages, response_format, privacy = {}, max_tokens, max_completion_tokens } = parsed.data;
  if (model !== modelId && model !== `${modelId}:local`)
    throw invalid(`This node has the model ${modelId}.`, 'model_not_found', 'model');
  const purpose = privacy.purpose ?? purposes[0] ?? '';
  if (!purposes.includes(purpose))
    throw invalid('This hospital does not answer for that purpose.', 'purpose_refused', 'privacy.purpose');
  const wanted = privacy.maxTokens ?? max_completion_tokens ?? max_tokens ?? DEFAULT_TOKENS;
  return {
    ...readAnswerFormat(response_format),
    requestedModel: model,
    prompt: promptOf(messages),
    purpose,
    maxTokens: Math.min(wanted, MAX_ANSWER_TOKENS),
  };
}

function promptOf(messages: z.infer<typeof bodySchema>['messages']): string {
  const prompt = messages
    .filter(({ role }) => role !== 'assistant')
    .map(({ content }) =>
      typeof content === 'string' ? content : content.map(({ text }) => text).join('\n'),
    )
    .join('\n')
    .trim();
  if (prompt === '') throw invalid('The messages hold no text.', 'invalid_messages', 'messages');
  if (prompt.length > MAX_PROMPT_CHARACTERS)
    throw invalid(`At most ${MAX_PROMPT_CHARACTERS} characters are taken.`, 'prompt_too_long', 'messages');
  return prompt;
}

function invalid(message: string, code: string, param: string): InvalidRequestError {
  return new InvalidRequestError(message, { code, param });
}
