import { randomUUID } from 'node:crypto';
import { ask, epsilonForEta } from '../ask.ts';
import { FEVER, PROMPT } from '../records.ts';
import type { Subject } from '../subject.ts';

/** One vote, asked for again and again under its key: charged once, so all of its answers may tell no more than one. */
export function retriedVote(eta: number, retries: number): Subject {
  const epsilon = epsilonForEta(eta);
  return {
    id: 'retried-vote',
    mechanism: 'vote',
    title: 'Vote, retried under its key',
    ask: async (federation, side) => {
      const question = {
        side,
        prompt: PROMPT,
        labels: FEVER,
        privacy: { epsilon },
        idempotencyKey: randomUUID(),
      };
      const first = await ask(federation, question);
      const again = await Promise.all(Array.from({ length: retries }, () => ask(federation, question)));
      const answers = [first, ...again];
      const times = answers.filter(({ content }) => content === JSON.stringify(FEVER[0])).length;
      return {
        answer: `${FEVER[0]} ${times} of ${answers.length} times`,
        requestIds: [...new Set(answers.map(({ requestId }) => requestId))],
      };
    },
  };
}
