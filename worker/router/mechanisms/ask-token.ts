import type { Contribution } from '#lib/nodes/node-channel';
import { clipSteps, contributionRange, GRID } from '#lib/privacy/mechanisms/short-answer';
import {
  chooseCandidates,
  MAX_CANDIDATES,
  type PublicScore,
} from '#lib/privacy/mechanisms/short-answer-candidates';
import type { ShortAnswerTerms } from '#lib/privacy/mechanisms/short-answer-terms';
import { fractionText } from '#lib/privacy/sampling/rational';
import type { RouterContext } from '../context.ts';
import type { FederatedShortAnswer } from '../query.ts';
import { aggregate } from '../stages/aggregate.ts';
import { dispatch } from '../stages/dispatch.ts';
import type { Plan } from '../stages/plan.ts';
import { NothingSentError } from '../stages/round.ts';
import { publicScores } from './public-scores.ts';

/** How many of the public model's likeliest tokens are looked at: candidates are the first of them, never more. */
const TOP = MAX_CANDIDATES;

/** What all shards say about the next token, with the receipts for it. The sums never leave this process. */
export type TokenSums = {
  candidates: PublicScore[];
  /** Per candidate the shards' clipped differences in grid steps. */
  sums: number[];
  /** The candidate that ends the answer. */
  endId: number;
  textOf(id: number): string;
  promptTokens: number;
  contributions: Contribution[];
};

/** One round: the candidates by public scores alone, and the shards' sums on them. */
export async function askToken(
  context: RouterContext,
  plan: Plan<FederatedShortAnswer>,
  { clip, maxTokens, rhoPicoPerToken }: ShortAnswerTerms,
  prefix: readonly number[],
): Promise<TokenSums> {
  const { prompt } = plan.query;
  const { candidates, texts, endId, promptTokens } = await nextCandidates(context, plan, prefix, {
    clip,
    maxTokens,
  });
  const len = candidates.length;
  const round = await dispatch(context, plan, {
    mechanism: 'short-answer',
    params: { clip: fractionText(clip), tau: 1, s: plan.shards, K: len, position: prefix.length, maxTokens },
    query: { prompt, prefix: [...prefix], candidates: candidates.map(({ id }) => id) },
    len,
    scale: GRID,
    sensitivity: 2 * clipSteps(clip),
    rhoPico: rhoPicoPerToken,
  });
  const { offset, top } = contributionRange({ clip, shards: plan.shards });
  return {
    candidates,
    sums: aggregate(round, { len, offset, top }).map((sum) => sum - offset),
    endId,
    textOf: (id) => texts.get(id) ?? '',
    promptTokens,
    contributions: round.contributions,
  };
}

/** What may come next, by the public model alone. Nothing has been sent to a record's keeper when this fails. */
async function nextCandidates(
  context: RouterContext,
  plan: Plan<FederatedShortAnswer>,
  prefix: readonly number[],
  { clip, maxTokens }: Pick<ShortAnswerTerms, 'clip' | 'maxTokens'>,
) {
  try {
    const asked = { prompt: plan.query.prompt, prefix: [...prefix], maxTokens, top: TOP };
    const { candidates: likeliest, end, promptTokens } = await publicScores(context, plan, asked);
    const others = likeliest.filter(({ id }) => id !== end.id);
    const candidates = chooseCandidates([...others, end], { clip, eosId: end.id });
    const texts = new Map(others.map(({ id, text }) => [id, text]));
    return { candidates, texts, endId: end.id, promptTokens };
  } catch (cause) {
    throw new NothingSentError('the public model did not answer', { cause });
  }
}
