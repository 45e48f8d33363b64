import { drawConsensus } from '#lib/privacy/mechanisms/consensus';
import { type ConsensusCharge, consensusCharge } from '#lib/privacy/mechanisms/consensus-charge';
import { fractionText } from '#lib/privacy/sampling/rational';
import { askVotes } from '../router/mechanisms/ask-votes.ts';
import { consensus } from '../router/mechanisms/consensus.ts';
import { renderLabel } from '../router/stages/render-label.ts';
import { STAGES, type Stages } from '../router/stages/stage-set.ts';

/** The product's stages, with consensus votes that charge as ever and are then drawn with other parameters. */
export function consensusDrawnAt(
  change: (charge: ConsensusCharge) => ConsensusCharge,
): Pick<Stages, 'mechanisms'> {
  const planted: typeof consensus = {
    ...consensus,
    async answer(context, plan) {
      const { query, shards: s } = plan;
      const charge = consensusCharge(query.epsilon, query.delta, query.test, s);
      const params = {
        beta: fractionText(charge.beta),
        sigma2: fractionText(charge.sigma2),
        s,
        K: query.labels.length,
        test: query.test,
      };
      const { counts, contributions } = await askVotes(context, plan, { mechanism: 'consensus', params });
      const drawn = drawConsensus({ counts, charge: change(charge) });
      return {
        content: drawn === null ? null : renderLabel(query.answer, query.labels[drawn]!),
        refusal: drawn === null ? 'No consensus.' : null,
        finishReason: 'stop',
        promptTokens: 0,
        completionTokens: 1,
        chargeRhoPico: drawn === null ? charge.testRhoPico : null,
        contributions,
        facts: { test: query.test, reached: drawn !== null },
      };
    },
  };
  return { mechanisms: { ...STAGES.mechanisms, consensus: planted } };
}
