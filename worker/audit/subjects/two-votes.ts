import { randomUUID } from 'node:crypto';
import { epsilonForEta, type Subject } from '../subject.ts';
import { FEVER, PROMPT, RASH } from '../vote-records.ts';

/** Two votes over the same records, seen together: charged twice, they may tell twice as much and no more. */
export function twoVotes(eta: number): Subject {
  const privacy = { epsilon: epsilonForEta(eta), mode: 'exact' };
  return {
    id: 'two-votes',
    ask: async (path, side) => {
      // A prompt of this sample's own: the number is no word that any record holds.
      const prompt = `${PROMPT} Case ${randomUUID()}.`;
      const votes = await Promise.all(
        [FEVER, RASH].map((labels) => path.ask({ side, prompt, labels, privacy })),
      );
      return {
        answer: votes.map(({ content }) => content).join(' and '),
        requestIds: votes.map(({ requestId }) => requestId),
      };
    },
  };
}
