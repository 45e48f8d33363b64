import type { Contribution } from '#lib/nodes/node-channel';
import { ROUND_DEADLINE_MS } from '#lib/nodes/round-deadline';
import { drawToken } from '#lib/privacy/mechanisms/draw-token';
import { type ShortAnswerTerms, shortAnswerTerms } from '#lib/privacy/mechanisms/short-answer-terms';
import { fractionText, rationalToNumber } from '#lib/privacy/sampling/rational';
import { isShortAnswerUseful, shortAnswerUsefulness } from '#lib/privacy/usefulness/short-answer-usefulness';
import { untilTick } from '#lib/timing/until-tick';
import type { RouterContext } from '../context.ts';
import type { FederatedShortAnswer } from '../query.ts';
import type { Plan } from '../stages/plan.ts';
import { NothingSentError, RoundFailedError } from '../stages/round.ts';
import { askToken } from './ask-token.ts';
import type { Mechanism } from './mechanism.ts';
import { PUBLIC_SCORES_DEADLINE_MS } from './public-scores.ts';
import { SAMPLING_TICK_MS } from './sampling-tick.ts';

/** Past this an answer ends where it is: a public limit, far above the time that 160 tokens take. */
const ANSWER_DEADLINE_MS = 120_000;

/**
 * Free text, one token after another, each drawn from the public model's distribution moved by the mean of what all
 * shards say, clipped (privacy.md section 2). Every token is a round of its own with its own charge; what was
 * reserved and not drawn is given back.
 */
export const shortAnswer: Mechanism<FederatedShortAnswer> = {
  longestMs: ANSWER_DEADLINE_MS + PUBLIC_SCORES_DEADLINE_MS + ROUND_DEADLINE_MS,

  offer(query, { shards }) {
    const terms = shortAnswerTerms(query, Math.max(1, shards));
    return {
      rhoPico: terms.rhoPicoPerToken * BigInt(terms.maxTokens),
      parameters: {
        clip: fractionText(terms.clip),
        tau: 1,
        maxTokens: terms.maxTokens,
        rhoPicoPerToken: String(terms.rhoPicoPerToken),
      },
    };
  },

  isUseful: (query, { shards }) => isShortAnswerUseful(questionOf(query, shards)),
  usefulness: (query, { shards }) => shortAnswerUsefulness(questionOf(query, shards)),

  notUseful(query, { shards }) {
    const { suffices, tokens, required } = shortAnswerUsefulness(questionOf(query, shards));
    const enough = suffices.epsilon === null ? 'no epsilon' : `epsilon ${suffices.epsilon}`;
    return `With ${shards} shards epsilon ${query.epsilon} buys ${tokens} tokens, under the ${required} that make a short answer worth its charge. ${enough} would suffice with these shards.`;
  },

  async answer(context, plan, live, clock) {
    const terms = shortAnswerTerms(plan.query, plan.shards);
    const giveUpAtMs = performance.now() + ANSWER_DEADLINE_MS;
    const isOver = () => performance.now() >= giveUpAtMs || context.stopping.aborted;
    const prefix: number[] = [];
    const contributions: Contribution[] = [];
    let text = '';
    let promptTokens = 0;
    let ended: 'end' | 'limit' | 'caller' = 'limit';
    try {
      while (prefix.length < terms.maxTokens && !isOver()) {
        if (live.signal.aborted) {
          if (prefix.length === 0) throw new NothingSentError('the caller hung up before the first token');
          ended = 'caller';
          break;
        }
        const drawn = await nextToken(context, plan, terms, prefix, contributions);
        promptTokens = drawn.promptTokens;
        prefix.push(drawn.id);
        if (drawn.isEnd) {
          ended = 'end';
          break;
        }
        text += drawn.text;
        // The round has every node's receipt of this token, verified; what fails from here on is charged in full.
        live.onText(drawn.text);
      }
    } catch (error) {
      throw afterFirstToken(error, contributions);
    }
    clock.end('draw');
    const tokens = prefix.length;
    return {
      content: text,
      refusal: null,
      finishReason: ended === 'end' ? 'stop' : 'length',
      promptTokens,
      completionTokens: tokens,
      chargeRhoPico: terms.rhoPicoPerToken * BigInt(tokens),
      contributions,
      facts: { tokens, maxTokens: terms.maxTokens, clip: rationalToNumber(terms.clip), ended },
    };
  },
};

type Next = { id: number; text: string; isEnd: boolean; promptTokens: number };

/** One round and one draw, let go on a public tick. Has thrown unless every node's receipt came and was verified. */
async function nextToken(
  context: RouterContext,
  plan: Plan<FederatedShortAnswer>,
  terms: ShortAnswerTerms,
  prefix: readonly number[],
  contributions: Contribution[],
): Promise<Next> {
  const asked = await askToken(context, plan, terms, prefix);
  contributions.push(...asked.contributions);
  const startedAtMs = performance.now();
  const { candidates: publicScores, sums, endId, promptTokens } = asked;
  const { id } = drawToken({ publicScores, sums, clip: terms.clip, shards: plan.shards });
  await untilTick(startedAtMs, SAMPLING_TICK_MS);
  return { id, text: asked.textOf(id), isEnd: id === endId, promptTokens };
}

/** Before the first round nothing was let go; after it everything reserved is charged, whatever failed. */
function afterFirstToken(error: unknown, earlier: readonly Contribution[]): unknown {
  if (error instanceof RoundFailedError) {
    return new RoundFailedError(error.message, [...earlier, ...error.contributions], error.cause);
  }
  if (error instanceof NothingSentError && earlier.length === 0) return error;
  // Other messages are for the log: they may quote what a hospital sent.
  const message = error instanceof NothingSentError ? error.message : 'the answer could not be completed';
  return new RoundFailedError(message, [...earlier], error);
}

function questionOf(query: FederatedShortAnswer, shards: number) {
  const asked = Math.max(1, shards);
  const { clip } = shortAnswerTerms(query, asked);
  return { clip, shards: asked, epsilon: query.epsilon, delta: query.delta };
}
