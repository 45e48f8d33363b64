import type { Reply } from '../query.ts';

/** The reply as OpenAI's chat completion, with the privacy statement beside it. */
export function chatCompletion(reply: Reply) {
  return {
    id: `chatcmpl-${reply.requestId}`,
    object: 'chat.completion',
    created: reply.createdS,
    model: reply.requestedModel,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: reply.content, refusal: null },
        logprobs: null,
        finish_reason: reply.finishReason,
      },
    ],
    usage: reply.usage,
    privacy: reply.privacy,
  };
}

export function textCompletion(reply: Reply) {
  return {
    id: `cmpl-${reply.requestId}`,
    object: 'text_completion',
    created: reply.createdS,
    model: reply.requestedModel,
    choices: [{ index: 0, text: reply.content, logprobs: null, finish_reason: reply.finishReason }],
    usage: reply.usage,
    privacy: reply.privacy,
  };
}

/** The reply as server-sent events: role, content, end; the privacy statement travels with the last chunk. */
export function chatCompletionEvents(reply: Reply, includeUsage: boolean): string {
  const base = {
    id: `chatcmpl-${reply.requestId}`,
    object: 'chat.completion.chunk',
    created: reply.createdS,
    model: reply.requestedModel,
  };
  const choice = (delta: object, finishReason: string | null) => [
    { index: 0, delta, logprobs: null, finish_reason: finishReason },
  ];
  const last = includeUsage
    ? [
        { ...base, choices: choice({}, reply.finishReason), usage: null },
        { ...base, choices: [], usage: reply.usage, privacy: reply.privacy },
      ]
    : [{ ...base, choices: choice({}, reply.finishReason), privacy: reply.privacy }];
  const usage = includeUsage ? { usage: null } : {};
  return events([
    { ...base, choices: choice({ role: 'assistant', content: '' }, null), ...usage },
    { ...base, choices: choice({ content: reply.content }, null), ...usage },
    ...last,
  ]);
}

export function textCompletionEvents(reply: Reply): string {
  return events([textCompletion(reply)]);
}

function events(chunks: object[]): string {
  return `${chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('')}data: [DONE]\n\n`;
}
