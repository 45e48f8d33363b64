import { randomUUID } from 'node:crypto';
import { ask, epsilonForEta } from '../ask.ts';
import { FEVER, PROMPT, RASH } from '../records.ts';
import type { Subject } from '../subject.ts';

/** Two votes over the same records, seen together: charged twice, they may tell twice as much and no more. */
export function twoVotes(eta: number): Subject {
  const epsilon = epsilonForEta(eta);
  return {
    id: 'two-votes',
    mechanism: 'vote',
    title: 'Two votes, seen together',
    ask: async (federation, side) => {
      // A prompt of this sample's own; the number is no word that any record holds.
      const prompt = `${PROMPT} Case ${randomUUID()}.`;
      const votes = await Promise.all(
        [FEVER, RASH].map((labels) => ask(federation, { side, prompt, labels, privacy: { epsilon } })),
      );
      return {
        answer: votes.map(({ content }) => content).join(' and '),
        requestIds: votes.map(({ requestId }) => requestId),
      };
    },
  };
}
