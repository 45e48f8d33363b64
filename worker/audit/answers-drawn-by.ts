import type { Contribution } from '#lib/nodes/node-channel';
import { shortAnswerTerms } from '#lib/privacy/mechanisms/short-answer-terms';
import { rationalToNumber } from '#lib/privacy/sampling/rational';
import { askToken } from '../router/mechanisms/ask-token.ts';
import { shortAnswer } from '../router/mechanisms/short-answer.ts';
import { STAGES, type Stages } from '../router/stages/stage-set.ts';
import type { TokenDraw } from './draw.ts';

/** The product's stages, with short answers that ask the hospitals and charge as ever and are then drawn in another way. */
export function answersDrawnBy(draw: TokenDraw): Pick<Stages, 'mechanisms'> {
  const planted: typeof shortAnswer = {
    ...shortAnswer,
    async answer(context, plan) {
      const terms = shortAnswerTerms(plan.query, plan.shards);
      const { clip, maxTokens, rhoPicoPerToken } = terms;
      const prefix: number[] = [];
      const contributions: Contribution[] = [];
      let content = '';
      let promptTokens = 0;
      let ended: 'end' | 'limit' = 'limit';
      while (prefix.length < maxTokens && ended === 'limit') {
        const asked = await askToken(context, plan, terms, prefix);
        contributions.push(...asked.contributions);
        promptTokens = asked.promptTokens;
        const { candidates: publicScores, sums } = asked;
        const { id } = draw({ publicScores, sums, clip, shards: plan.shards });
        prefix.push(id);
        content += asked.textOf(id);
        if (id === asked.endId) ended = 'end';
      }
      const tokens = prefix.length;
      return {
        content,
        refusal: null,
        finishReason: ended === 'end' ? 'stop' : 'length',
        promptTokens,
        completionTokens: tokens,
        chargeRhoPico: rhoPicoPerToken * BigInt(tokens),
        contributions,
        facts: { tokens, maxTokens, clip: rationalToNumber(clip), ended },
      };
    },
  };
  return { mechanisms: { ...STAGES.mechanisms, 'short-answer': planted } };
}
