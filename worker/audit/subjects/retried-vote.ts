import { randomUUID } from 'node:crypto';
import { epsilonForEta, type Subject } from '../subject.ts';
import { FEVER, PROMPT } from '../vote-records.ts';

/** One vote, asked for again and again under its key: charged once, so all of its answers may tell no more than one. */
export function retriedVote(eta: number, retries: number): Subject {
  const privacy = { epsilon: epsilonForEta(eta), mode: 'exact' };
  return {
    id: 'retried-vote',
    ask: async (path, side) => {
      const question = { side, prompt: PROMPT, labels: FEVER, privacy, idempotencyKey: randomUUID() };
      const first = await path.ask(question);
      const again = await Promise.all(Array.from({ length: retries }, () => path.ask(question)));
      const answers = [first, ...again];
      const times = answers.filter(({ content }) => content === JSON.stringify(FEVER[0])).length;
      return {
        answer: `${FEVER[0]}: ${times} of ${answers.length}`,
        requestIds: [...new Set(answers.map(({ requestId }) => requestId))],
      };
    },
  };
}
