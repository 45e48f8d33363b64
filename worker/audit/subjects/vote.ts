import { ask, epsilonForEta } from '../ask.ts';
import { FEVER, PROMPT } from '../records.ts';
import type { Subject } from '../subject.ts';

/** One exact vote between two labels that one patient decides. */
export function vote(eta: number): Subject {
  const epsilon = epsilonForEta(eta);
  return {
    id: `vote-eta-${eta}`,
    mechanism: 'vote',
    title: 'Vote',
    ask: async (federation, side) => {
      const { content, requestId } = await ask(federation, { side, prompt: PROMPT, labels: FEVER, privacy: { epsilon } });
      return { answer: content, requestIds: [requestId] };
    },
  };
}
