import type { Query, Reply } from '../query.ts';

/** How one of OpenAI's two completion forms writes an answer: whole, or in the chunks of a stream. */
export type CompletionForm = {
  whole(reply: Reply): object;
  /** What every chunk of one answer starts with. */
  base(query: Query, createdS: number): object;
  /** The first choice a stream sends; null where the form has none. */
  opening: object | null;
  text(text: string): object;
  closing(reply: Reply): object;
};

export const CHAT: CompletionForm = {
  whole: (reply) => ({
    id: `chatcmpl-${reply.requestId}`,
    object: 'chat.completion',
    created: reply.createdS,
    model: reply.requestedModel,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: reply.content, refusal: reply.refusal },
        logprobs: null,
        finish_reason: reply.finishReason,
      },
    ],
    usage: reply.usage,
    privacy: reply.privacy,
  }),
  base: ({ requestId, requestedModel }, created) => ({
    id: `chatcmpl-${requestId}`,
    object: 'chat.completion.chunk',
    created,
    model: requestedModel,
  }),
  opening: delta({ role: 'assistant', content: '' }, null),
  text: (content) => delta({ content }, null),
  closing: ({ refusal, finishReason }) => delta(refusal === null ? {} : { refusal }, finishReason),
};

export const TEXT: CompletionForm = {
  whole: (reply) => ({
    id: `cmpl-${reply.requestId}`,
    object: 'text_completion',
    created: reply.createdS,
    model: reply.requestedModel,
    choices: [textChoice(reply.content ?? '', reply.finishReason)],
    usage: reply.usage,
    privacy: reply.privacy,
  }),
  base: ({ requestId, requestedModel }, created) => ({
    id: `cmpl-${requestId}`,
    object: 'text_completion',
    created,
    model: requestedModel,
  }),
  opening: null,
  text: (text) => textChoice(text, null),
  closing: ({ finishReason }) => textChoice('', finishReason),
};

function delta(content: object, finishReason: string | null) {
  return { index: 0, delta: content, logprobs: null, finish_reason: finishReason };
}

function textChoice(text: string, finishReason: string | null) {
  return { index: 0, text, logprobs: null, finish_reason: finishReason };
}
