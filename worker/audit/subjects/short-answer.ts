import { ANSWER_PROMPT } from '../records.ts';
import type { Subject } from '../subject.ts';

/** Buys the sixteen tokens that make a short answer useful, with nine shards. */
export const SHORT_ANSWER_EPSILON = 4.5;

/** The first tokens of a short answer: each is a draw and a charge of its own. */
export function shortAnswer(tokens: number, epsilon: number): Subject {
  const privacy = { epsilon, maxTokens: tokens };
  return {
    id: 'short-answer',
    ask: async (path, side) => {
      const { content, requestId } = await path.ask({ side, prompt: ANSWER_PROMPT, privacy });
      return { answer: content, requestIds: [requestId] };
    },
  };
}
