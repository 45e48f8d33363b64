import { rememberedRho } from '#lib/privacy/accounting/remembered-rho';
import { shortAnswerTerms } from '#lib/privacy/mechanisms/short-answer-terms';
import { gaussianConsensusUsefulness } from '#lib/privacy/usefulness/gaussian-consensus-usefulness';
import { gaussianVoteUsefulness } from '#lib/privacy/usefulness/gaussian-vote-usefulness';
import { shortAnswerUsefulness } from '#lib/privacy/usefulness/short-answer-usefulness';
import type { Usefulness } from '#lib/privacy/usefulness/usefulness';
import type { QuoteQuestion } from './question.ts';
import { type UsefulnessReply, usefulnessReplySchema } from './usefulness-reply.ts';

type Cohort = { shards: number; delta: number; nodes: number; maxCollude: number; maxDropouts: number };

/**
 * What a question would be worth with such a cohort, by the arithmetic that the router judges by; null where epsilon
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

function judge(question: QuoteQuestion, cohort: Cohort): Usefulness {
  const { epsilon } = question;
  const { shards, delta } = cohort;
  switch (question.mechanism) {
    case 'vote':
      return gaussianVoteUsefulness({ ...cohort, labelCount: question.labels.length, epsilon });
    case 'consensus': {
      const { labels, test } = question;
      return gaussianConsensusUsefulness({ ...cohort, kind: test, labelCount: labels.length, epsilon });
    }
    case 'short-answer': {
      const wanted = { rhoPico: rememberedRho(epsilon, delta), wantedTokens: question.maxTokens };
      const { clip } = shortAnswerTerms(wanted, shards);
      return shortAnswerUsefulness({ clip, shards, epsilon, delta });
    }
  }
}
