import type { Rational } from '../sampling/rational.ts';
import { MIN_TOKENS } from '../usefulness/short-answer-usefulness.ts';
import { tokenCostRhoPico } from './short-answer.ts';

/** What a cohort of so many shards can give for the epsilon asked. Public: epsilon, shards and length decide. */
export type ShortAnswerTerms = {
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

/**
 * The clip and the length of a short answer whose whole price is to stay within rhoPico.
 * @throws RangeError when shards is not a positive integer.
 */
export function shortAnswerTerms(
  { rhoPico, wantedTokens }: { rhoPico: bigint; wantedTokens: number },
  shards: number,
): ShortAnswerTerms {
  const offers = CLIPS.map((clip): ShortAnswerTerms => {
    const rhoPicoPerToken = tokenCostRhoPico({ clip, shards, tau: 1 });
    const affordable = Number(rhoPico / rhoPicoPerToken);
    return { clip, rhoPicoPerToken, affordable, maxTokens: Math.min(wantedTokens, affordable) };
  });
  const needed = Math.max(wantedTokens, MIN_TOKENS);
  return offers.find(({ affordable }) => affordable >= needed) ?? offers.at(-1)!;
}
