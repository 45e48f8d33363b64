import { epsilonForEta, type Subject } from '../subject.ts';
import { FEVER, PROMPT } from '../vote-records.ts';

/** One vote with the hospitals' own noise, between two labels that one patient decides. */
export function gaussianVote(eta: number): Subject {
  const privacy = { epsilon: epsilonForEta(eta), mode: 'gaussian' };
  return {
    id: 'gaussian-vote',
    ask: async (path, side) => {
      const { content, requestId } = await path.ask({ side, prompt: PROMPT, labels: FEVER, privacy });
      return { answer: content, requestIds: [requestId] };
    },
  };
}
