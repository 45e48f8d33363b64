import { epsilonForEta, type Subject } from '../subject.ts';
import { FEVER, PROMPT } from '../vote-records.ts';

/** One exact vote between two labels that one patient decides. */
export function vote(eta: number): Subject {
  const privacy = { epsilon: epsilonForEta(eta), mode: 'exact' };
  return {
    id: 'vote',
    ask: async (path, side) => {
      const { content, requestId } = await path.ask({ side, prompt: PROMPT, labels: FEVER, privacy });
      return { answer: content, requestIds: [requestId] };
    },
  };
}
