import { ROUND_DEADLINE_MS } from '#lib/nodes/round-deadline';
import { noisyWinner } from '#lib/privacy/mechanisms/distributed-gaussian';
import { fractionText, rationalToNumber } from '#lib/privacy/sampling/rational';
import {
  gaussianVoteUsefulness,
  isGaussianVoteUseful,
} from '#lib/privacy/usefulness/gaussian-vote-usefulness';
import type { GaussianVote } from '../query.ts';
import { renderLabel } from '../stages/render-label.ts';
import { askNoisyVotes } from './ask-noisy-votes.ts';
import { gaussianParameters, gaussianQuestion, gaussianTerms } from './gaussian-terms.ts';
import type { Mechanism } from './mechanism.ts';
import { voteNotUseful } from './vote-not-useful.ts';
import { wordsOf } from './words-of.ts';

/**
 * One label: the largest of the counts to which every hospital has added noise of its own (privacy.md section 2). What
 * reaches the router is private already, so finding the largest costs nothing and may take the time it takes.
 */
export const gaussianVote: Mechanism<GaussianVote> = {
  longestMs: ROUND_DEADLINE_MS,

  offer: (query, asked) => ({
    rhoPico: gaussianTerms(query, asked).rhoPico,
    parameters: gaussianParameters(query, asked),
  }),

  sigma2Local: (query, asked) => rationalToNumber(gaussianTerms(query, asked).sigma2Local),

  isUseful: (query, asked) => isGaussianVoteUseful(gaussianQuestion(query, asked)),
  usefulness: (query, asked) => gaussianVoteUsefulness(gaussianQuestion(query, asked)),
  notUseful: (query, asked) =>
    voteNotUseful(query, asked.shards, gaussianVoteUsefulness(gaussianQuestion(query, asked))),

  async answer(context, plan, _live, clock) {
    const { labels, answer, prompt } = plan.query;
    const { sigma2Local } = gaussianTerms(plan.query, plan.asked);
    const { noisyCounts, contributions } = await askNoisyVotes(context, plan, {
      mechanism: 'vote',
      params: { s: plan.shards, K: labels.length, sigma2Local: fractionText(sigma2Local) },
    });
    clock.end('dispatch');
    return {
      content: renderLabel(answer, labels[noisyWinner(noisyCounts)]!),
      refusal: null,
      finishReason: 'stop',
      promptTokens: wordsOf(prompt),
      completionTokens: 1,
      chargeRhoPico: null,
      contributions,
      facts: null,
    };
  },
};
