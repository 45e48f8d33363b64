import type { RequestDrawn } from './request-drawn.ts';
import type { RequestOutcome } from './request-outcome.ts';

/** What came of a request that was answered, where that was no answer after all. */
export type WithoutAnswer = 'no_consensus' | 'stopped';

/** A test that the winner did not pass, or a text that ended before its first token; null where there is an answer. */
export function withoutAnswer(drawn: RequestDrawn | null): WithoutAnswer | null {
  if (drawn === null) return null;
  if ('test' in drawn) return drawn.reached ? null : 'no_consensus';
  return drawn.tokens === 0 ? 'stopped' : null;
}

/** What a request's page begins with. */
export function leadOf(request: { outcome: RequestOutcome; drawn: RequestDrawn | null }) {
  return withoutAnswer(request.drawn) ?? request.outcome;
}
