import type { Subject } from '../subject.ts';
import { PROMPT, RASH } from '../vote-records.ts';

/** The least that make nine shards useful for two labels. */
export const THRESHOLD_EPSILON = 8.5;
export const MARGIN_EPSILON = 12;

/**
 * A consensus vote on the question whose largest count and margin one patient moves across the public threshold.
 */
export function consensus(test: 'threshold' | 'margin', epsilon: number): Subject {
  const privacy = { epsilon, mode: 'exact', requireConsensus: test };
  return {
    id: `consensus-${test}`,
    ask: async (path, side) => {
      const { content, requestId } = await path.ask({ side, prompt: PROMPT, labels: RASH, privacy });
      return { answer: content, requestIds: [requestId] };
    },
  };
}
