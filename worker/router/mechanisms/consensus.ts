import { ROUND_DEADLINE_MS } from '#lib/nodes/round-deadline';
import { drawConsensus } from '#lib/privacy/mechanisms/consensus';
import { consensusCharge } from '#lib/privacy/mechanisms/consensus-charge';
import { fractionText } from '#lib/privacy/sampling/rational';
import { consensusUsefulness, isConsensusUseful } from '#lib/privacy/usefulness/consensus-usefulness';
import { untilTick } from '#lib/timing/until-tick';
import type { FederatedConsensus } from '../query.ts';
import { renderLabel } from '../stages/render-label.ts';
import { askVotes } from './ask-votes.ts';
import type { Mechanism } from './mechanism.ts';
import { NO_CONSENSUS } from './no-consensus.ts';
import { SAMPLING_TICK_MS } from './sampling-tick.ts';
import { voteNotUseful } from './vote-not-useful.ts';
import { wordsOf } from './words-of.ts';

/** A vote that is given only if the winner is clear. If not, the test is charged and the vote's share released. */
export const consensus: Mechanism<FederatedConsensus> = {
  longestMs: ROUND_DEADLINE_MS,

  offer(query, { shards }) {
    const { rhoPico, testRhoPico, beta, sigma2 } = chargeOf(query, shards);
    return {
      rhoPico,
      parameters: {
        beta: fractionText(beta),
        K: query.labels.length,
        test: query.test,
        sigma2: fractionText(sigma2),
        testRhoPico: String(testRhoPico),
      },
    };
  },

  isUseful: (query, { shards }) => isConsensusUseful(questionOf(query, shards)),
  usefulness: (query, { shards }) => consensusUsefulness(questionOf(query, shards)),

  notUseful: (query, { shards }) =>
    voteNotUseful(query, shards, consensusUsefulness(questionOf(query, shards))),

  async answer(context, plan, _live, clock) {
    const { query, shards } = plan;
    const charge = chargeOf(query, shards);
    const { beta, sigma2, testRhoPico } = charge;
    const { counts, contributions } = await askVotes(context, plan, {
      mechanism: 'consensus',
      params: {
        beta: fractionText(beta),
        s: shards,
        K: query.labels.length,
        test: query.test,
        sigma2: fractionText(sigma2),
      },
    });
    clock.end('dispatch');
    const startedAtMs = performance.now();
    const drawn = drawConsensus({ counts, charge });
    await untilTick(startedAtMs, SAMPLING_TICK_MS);
    clock.end('mechanism');
    const reached = drawn !== null;
    return {
      content: reached ? renderLabel(query.answer, query.labels[drawn]!) : null,
      refusal: reached ? null : NO_CONSENSUS,
      finishReason: 'stop',
      promptTokens: wordsOf(query.prompt),
      completionTokens: 1,
      chargeRhoPico: reached ? null : testRhoPico,
      contributions,
      facts: { test: query.test, reached },
    };
  },
};

function chargeOf({ epsilon, delta, test }: FederatedConsensus, shards: number) {
  return consensusCharge(epsilon, delta, test, Math.max(1, shards));
}

function questionOf({ labels, epsilon, delta, test }: FederatedConsensus, shards: number) {
  return { kind: test, labelCount: labels.length, shards: Math.max(1, shards), epsilon, delta };
}
