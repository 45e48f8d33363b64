import { ROUND_DEADLINE_MS } from '#lib/nodes/round-deadline';
import { sampleExponential } from '#lib/privacy/sampling/exponential-mechanism';
import { fractionText } from '#lib/privacy/sampling/rational';
import { isVoteUseful, voteUsefulness } from '#lib/privacy/usefulness/vote-usefulness';
import { untilTick } from '#lib/timing/until-tick';
import type { FederatedVote } from '../query.ts';
import { renderLabel } from '../stages/render-label.ts';
import { askVotes } from './ask-votes.ts';
import type { Mechanism } from './mechanism.ts';
import { SAMPLING_TICK_MS } from './sampling-tick.ts';
import { voteNotUseful } from './vote-not-useful.ts';
import { wordsOf } from './words-of.ts';

/** One label, drawn by the exponential mechanism from the votes of all shards (privacy.md section 2). */
export const vote: Mechanism<FederatedVote> = {
  longestMs: ROUND_DEADLINE_MS,

  offer: ({ rhoPico, beta, labels }) => ({
    rhoPico,
    parameters: { beta: fractionText(beta), K: labels.length },
  }),

  isUseful: (query, { shards }) => isVoteUseful(questionOf(query, shards)),
  usefulness: (query, { shards }) => voteUsefulness(questionOf(query, shards)),
  notUseful: (query, { shards }) => voteNotUseful(query, shards, voteUsefulness(questionOf(query, shards))),

  async answer(context, plan, _live, clock) {
    const { beta, labels, answer, prompt } = plan.query;
    const { counts, contributions } = await askVotes(context, plan, {
      mechanism: 'vote',
      params: { beta: fractionText(beta), s: plan.shards, K: labels.length },
    });
    clock.end('dispatch');
    const startedAtMs = performance.now();
    const drawn = sampleExponential({ scores: counts, beta });
    await untilTick(startedAtMs, SAMPLING_TICK_MS);
    clock.end('mechanism');
    return {
      content: renderLabel(answer, labels[drawn]!),
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

function questionOf({ labels, epsilon, delta }: FederatedVote, shards: number) {
  return { labelCount: labels.length, shards: Math.max(1, shards), epsilon, delta };
}
