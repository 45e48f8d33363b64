import { fractionText } from '#lib/privacy/sampling/rational';
import { askVotes } from '../router/mechanisms/ask-votes.ts';
import { vote } from '../router/mechanisms/vote.ts';
import { renderLabel } from '../router/stages/render-label.ts';
import { STAGES, type Stages } from '../router/stages/stage-set.ts';
import type { Draw } from './draw.ts';

/** The product's stages, with votes that ask the hospitals and charge as ever and are then drawn in another way. */
export function votesDrawnBy(draw: Draw): Pick<Stages, 'mechanisms'> {
  const planted: typeof vote = {
    ...vote,
    async answer(context, plan) {
      const { beta, labels, prompt, answer, requestId } = plan.query;
      const params = { beta: fractionText(beta), s: plan.shards, K: labels.length };
      const { counts, contributions } = await askVotes(context, plan, { mechanism: 'vote', params });
      return {
        content: renderLabel(answer, labels[draw({ scores: counts, beta, prompt, requestId })]!),
        refusal: null,
        finishReason: 'stop',
        promptTokens: 0,
        completionTokens: 1,
        chargeRhoPico: null,
        contributions,
        facts: null,
      };
    },
  };
  return { mechanisms: { ...STAGES.mechanisms, vote: planted } };
}
