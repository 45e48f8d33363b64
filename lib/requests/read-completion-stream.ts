import { z } from 'zod';
import { DomainError, UnavailableError } from '#lib/errors';
import type { AnswerEvent } from './answer-events.ts';
import { privacyStatementSchema } from './router-replies.ts';

const chunkSchema = z.object({
  model: z.string(),
  choices: z.array(
    z.object({
      delta: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      finish_reason: z.string().nullish(),
    }),
  ),
  privacy: privacyStatementSchema.optional(),
});

const errorSchema = z.object({
  error: z.looseObject({
    message: z.string(),
    type: z.string(),
    code: z.string(),
    param: z.string().nullish(),
  }),
});

/** The statuses that the router could no longer send, by the type that its errors have instead. */
const STATUS_BY_TYPE: Record<string, number> = { service_unavailable: 503, insufficient_quota: 429 };

/**
 * Reads the router's server-sent events: the text as it comes, then the answer with its privacy statement. The first
 * chunk opens the message and holds no token. Throws the router's error as a DomainError, and UnavailableError
 * `outcome_unknown` for a stream that ends without an end: what was drawn until then was charged.
 */
export async function* readCompletionStream(lines: AsyncIterable<string>): AsyncGenerator<AnswerEvent> {
  let content = '';
  let refusal: string | null = null;
  let isOpen = false;
  for await (const line of lines) {
    if (!line.startsWith('data: ')) continue;
    const data = parse(line.slice('data: '.length));
    const error = errorSchema.safeParse(data);
    if (error.success) throw errorOf(error.data.error);
    const chunk = chunkSchema.safeParse(data);
    if (!chunk.success) throw broken(chunk.error);
    const { model, choices, privacy } = chunk.data;
    const choice = choices[0];
    const text = choice?.delta.content ?? null;
    refusal = choice?.delta.refusal ?? refusal;
    if (text !== null && isOpen) {
      content += text;
      yield { kind: 'text', text };
    }
    isOpen = true;
    if (privacy) {
      const message = { content: refusal === null ? content : null, refusal };
      yield { kind: 'answer', reply: { model, choices: [{ message }], privacy } };
      return;
    }
  }
  throw broken(new Error('the stream ended before the answer did'));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw broken(cause);
  }
}

function errorOf({ message, type, code, param, ...extra }: z.output<typeof errorSchema>['error']) {
  return new DomainError(STATUS_BY_TYPE[type] ?? 500, message, { code, ...(param ? { param } : {}), extra });
}

function broken(cause: unknown): UnavailableError {
  return new UnavailableError('The router stopped in the middle of its answer.', {
    code: 'outcome_unknown',
    cause,
  });
}
