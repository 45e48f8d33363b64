import { PROMPT, RASH } from '../records.ts';
import type { Subject } from '../subject.ts';

/**
 * A consensus vote on the question whose largest count and margin one patient moves across the public threshold. The
 * epsilon is what makes so few shards useful.
 */
export function consensus(test: 'threshold' | 'margin', epsilon: number): Subject {
  const privacy = { epsilon, requireConsensus: test };
  return {
    id: `consensus-${test}`,
    ask: async (path, side) => {
      const { content, requestId } = await path.ask({ side, prompt: PROMPT, labels: RASH, privacy });
      return { answer: content, requestIds: [requestId] };
    },
  };
}
