import { ROUND_DEADLINE_MS } from '#lib/nodes/round-deadline';
import { noisyConsensus } from '#lib/privacy/mechanisms/consensus';
import { fractionText, rationalToNumber } from '#lib/privacy/sampling/rational';
import {
  gaussianConsensusUsefulness,
  isGaussianConsensusUseful,
} from '#lib/privacy/usefulness/gaussian-consensus-usefulness';
import type { GaussianConsensus } from '../query.ts';
import { renderLabel } from '../stages/render-label.ts';
import { askNoisyVotes } from './ask-noisy-votes.ts';
import { gaussianParameters, gaussianQuestion, gaussianTerms } from './gaussian-terms.ts';
import type { Asked, Mechanism } from './mechanism.ts';
import { NO_CONSENSUS } from './no-consensus.ts';
import { voteNotUseful } from './vote-not-useful.ts';
import { wordsOf } from './words-of.ts';

/**
 * A vote that is given only if the winner is clear, by the same noisy counts that choose it: the test costs nothing on
 * top, and nothing is given back where it fails, as the counts were let go (privacy.md section 2).
 */
export const gaussianConsensus: Mechanism<GaussianConsensus> = {
  longestMs: ROUND_DEADLINE_MS,

  offer: (query, asked) => ({
    rhoPico: gaussianTerms(query, asked).rhoPico,
    parameters: { ...gaussianParameters(query, asked), test: query.test },
  }),

  sigma2Local: (query, asked) => rationalToNumber(gaussianTerms(query, asked).sigma2Local),

  isUseful: (query, asked) => isGaussianConsensusUseful(questionOf(query, asked)),
  usefulness: (query, asked) => gaussianConsensusUsefulness(questionOf(query, asked)),
  notUseful: (query, asked) =>
    voteNotUseful(query, asked.shards, gaussianConsensusUsefulness(questionOf(query, asked))),

  async answer(context, plan, _live, clock) {
    const { labels, answer, prompt, test } = plan.query;
    const { sigma2Local } = gaussianTerms(plan.query, plan.asked);
    const { noisyCounts, contributions } = await askNoisyVotes(context, plan, {
      mechanism: 'consensus',
      params: { s: plan.shards, K: labels.length, test, sigma2Local: fractionText(sigma2Local) },
    });
    clock.end('dispatch');
    const winner = noisyConsensus({ noisyCounts, kind: test, shards: plan.shards });
    const reached = winner !== null;
    return {
      content: reached ? renderLabel(answer, labels[winner]!) : null,
      refusal: reached ? null : NO_CONSENSUS,
      finishReason: 'stop',
      promptTokens: wordsOf(prompt),
      completionTokens: 1,
      chargeRhoPico: null,
      contributions,
      facts: { test, reached },
    };
  },
};

function questionOf(query: GaussianConsensus, asked: Asked) {
  return { kind: query.test, ...gaussianQuestion(query, asked) };
}
