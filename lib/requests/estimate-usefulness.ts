import { usefulnessOf } from '#lib/privacy/usefulness/usefulness';
import type { QuoteQuestion } from './question.ts';
import type { UsefulnessReply } from './usefulness-reply.ts';

/**
 * What a question would be worth with so many shards, by the arithmetic that the router judges by; null where its
 * numbers buy nothing to judge. Runs in a browser too.
 */
export function estimateUsefulness(
  question: QuoteQuestion,
  { shards, delta }: { shards: number; delta: number },
): UsefulnessReply | null {
  return null;
}
