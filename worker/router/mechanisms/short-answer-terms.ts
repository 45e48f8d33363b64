import { tokenCostRhoPico } from '#lib/privacy/mechanisms/short-answer';
import type { Rational } from '#lib/privacy/sampling/rational';
import { MIN_TOKENS } from '#lib/privacy/usefulness/short-answer-usefulness';
import type { FederatedShortAnswer } from '../query.ts';

/** What a cohort of so many shards can give for the epsilon asked. Public: epsilon, shards and length decide. */
export type Terms = {
  /** Nats by which one shard may move one token's log-probability, before the mean over all shards. */
  clip: Rational;
  rhoPicoPerToken: bigint;
  /** Tokens that are reserved for. */
  maxTokens: number;
  /** Tokens that the epsilon would buy at this clip. */
  affordable: number;
};

/** The more a shard may say, the dearer each token: the most that still gives the length asked for, never below the last. */
const CLIPS: readonly Rational[] = [
  { num: 1n, den: 1n },
  { num: 1n, den: 2n },
];

export function shortAnswerTerms({ rhoPico, wantedTokens }: FederatedShortAnswer, shards: number): Terms {
  const offers = CLIPS.map((clip): Terms => {
    const rhoPicoPerToken = tokenCostRhoPico({ clip, shards, tau: 1 });
    const affordable = Number(rhoPico / rhoPicoPerToken);
    return { clip, rhoPicoPerToken, affordable, maxTokens: Math.min(wantedTokens, affordable) };
  });
  const needed = Math.max(wantedTokens, MIN_TOKENS);
  return offers.find(({ affordable }) => affordable >= needed) ?? offers.at(-1)!;
}
