import { rememberedRho } from '#lib/privacy/accounting/remembered-rho';
import { shortAnswerTerms } from '#lib/privacy/mechanisms/short-answer-terms';
import { consensusUsefulness } from '#lib/privacy/usefulness/consensus-usefulness';
import { shortAnswerUsefulness } from '#lib/privacy/usefulness/short-answer-usefulness';
import type { Usefulness } from '#lib/privacy/usefulness/usefulness';
import { voteUsefulness } from '#lib/privacy/usefulness/vote-usefulness';
import type { QuoteQuestion } from './question.ts';
import { type UsefulnessReply, usefulnessReplySchema } from './usefulness-reply.ts';

type Cohort = { shards: number; delta: number };

/**
 * What a question would be worth with so many shards, by the arithmetic that the router judges by; null where epsilon
 * buys nothing that could be judged. Runs in a browser too: nothing here draws.
 */
export function estimateUsefulness(question: QuoteQuestion, cohort: Cohort): UsefulnessReply | null {
  if (cohort.shards < 1) return null;
  try {
    return usefulnessReplySchema.parse(judge(question, cohort));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function judge(question: QuoteQuestion, { shards, delta }: Cohort): Usefulness {
  const { epsilon } = question;
  switch (question.mechanism) {
    case 'vote':
      return voteUsefulness({ labelCount: question.labels.length, shards, epsilon, delta });
    case 'consensus': {
      const { labels, test } = question;
      return consensusUsefulness({ kind: test, labelCount: labels.length, shards, epsilon, delta });
    }
    case 'short-answer': {
      const wanted = { rhoPico: rememberedRho(epsilon, delta), wantedTokens: question.maxTokens };
      const { clip } = shortAnswerTerms(wanted, shards);
      return shortAnswerUsefulness({ clip, shards, epsilon, delta });
    }
  }
}
