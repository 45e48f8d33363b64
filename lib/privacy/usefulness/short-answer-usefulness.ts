import { rememberedRho } from '../accounting/remembered-rho.ts';
import { affordableTokens, requireParameters, type TokenParameters } from '../mechanisms/short-answer.ts';
import { type OddsRatio, tokenOddsRatio } from './odds-ratio.ts';
import { fewestUsefulShards, type Suffices, smallestUsefulEpsilon } from './suggest.ts';

/** Fewer tokens than this are no answer to anything. */
export const MIN_TOKENS = 16;

export type ShortAnswerQuestion = TokenParameters & { epsilon: number; delta: number };

export type ShortAnswerUsefulness = {
  mechanism: 'short-answer';
  mode: 'exact';
  /** What epsilon pays for; useful at `required` or more. */
  tokens: number;
  required: number;
  useful: boolean;
  oddsRatio: OddsRatio;
  suffices: Suffices;
};

/**
 * Whether a short answer at epsilon is useful, and what would be enough if it is not.
 * @throws RangeError when epsilon or delta is invalid, clip is off the grid, or shards or tau no positive integer.
 */
export function shortAnswerUsefulness(question: ShortAnswerQuestion): ShortAnswerUsefulness {
  const { clip, shards, tau = 1, epsilon, delta } = question;
  requireParameters(question);
  const rhoPico = rememberedRho(epsilon, delta);
  const tokensFor = (rho: bigint, count: number) => affordableTokens(rho, { clip, shards: count, tau });
  const usefulAtRho = (rho: bigint) => tokensFor(rho, shards) >= MIN_TOKENS;
  const tokens = tokensFor(rhoPico, shards);
  return {
    mechanism: 'short-answer',
    mode: 'exact',
    tokens,
    required: MIN_TOKENS,
    useful: tokens >= MIN_TOKENS,
    oddsRatio: tokenOddsRatio(clip, shards, tau),
    suffices: {
      epsilon: smallestUsefulEpsilon({
        delta,
        usefulAtRho,
        usefulAtEpsilon: (other) => usefulAtRho(rememberedRho(other, delta)),
      }),
      shards: fewestUsefulShards((count) => tokensFor(rhoPico, count) >= MIN_TOKENS),
    },
  };
}

/** Whether a short answer is useful and nothing else: for a choice that tries many numbers of shards. */
export function isShortAnswerUseful({ epsilon, delta, ...parameters }: ShortAnswerQuestion): boolean {
  return affordableTokens(rememberedRho(epsilon, delta), parameters) >= MIN_TOKENS;
}
