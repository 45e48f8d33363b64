import { ANSWER_PROMPT, WORDS } from '../answer-records.ts';
import type { Subject } from '../subject.ts';

/** Buys the sixteen tokens that make a short answer useful, at the wider clip with three shards: eta = 4/3 a token. */
export const SHORT_ANSWER_EPSILON = 15.5;

/**
 * A short answer of so many tokens, of which the attacker looks at one thing: which of the two words that the audited
 * patient pulls between is said more often. Each token is a draw and a charge of its own.
 */
export function shortAnswer(tokens: number): Subject {
  const privacy = { epsilon: SHORT_ANSWER_EPSILON, maxTokens: tokens };
  return {
    id: 'short-answer',
    ask: async (path, side) => {
      const { content, requestId } = await path.ask({ side, prompt: ANSWER_PROMPT, privacy });
      const said = content.split(' ');
      const [left, right] = WORDS.map((word) => said.filter((one) => one === word).length) as [
        number,
        number,
      ];
      const answer = left > right ? WORDS[0] : right > left ? WORDS[1] : 'neither';
      return { answer, requestIds: [requestId] };
    },
  };
}
