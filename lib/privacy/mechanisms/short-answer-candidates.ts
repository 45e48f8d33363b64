import type { Rational } from '../sampling/rational.ts';
import { clipSteps } from './short-answer.ts';

/** A token and its public log-probability in steps of 2^-13 nats. */
export type PublicScore = { id: number; score: number };

/**
 * A token more than 2C below the k-th best public one stays below k others whatever the shards say: one rises by at
 * most C, the others fall by at most C. So the set holds whatever could be among the best k of any private answer.
 * With k = 20 it lets through what top-k sampling of small models usually does (20 to 40), and at C = 1 the demo
 * model rarely needs the cap; a larger k would spend most draws on tokens that no reader wants.
 */
export const KTH_BEST = 20;
export const MAX_CANDIDATES = 128;

/**
 * The candidates of the next token, from public log-probabilities only, by descending score and then id. The token
 * that ends the answer is always one, in the last place where it would not have been in by itself.
 * @throws RangeError when nothing ends the answer, an id comes twice, a score is no integer, or k or max is below 1.
 */
export function chooseCandidates(
  publicScores: readonly PublicScore[],
  rule: { clip: Rational; eosId: number; k?: number; max?: number },
): PublicScore[] {
  const { clip, eosId, k = KTH_BEST, max = MAX_CANDIDATES } = rule;
  for (const [name, value] of Object.entries({ k, max })) {
    if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`${name} must be a positive integer`);
  }
  if (!publicScores.every(({ score }) => Number.isSafeInteger(score))) {
    throw new RangeError('publicScores must be safe integers');
  }
  const eos = publicScores.find(({ id }) => id === eosId);
  if (eos === undefined) throw new RangeError('publicScores must hold the token that ends an answer');
  const least = kthBest(publicScores, k) - 2 * clipSteps(clip);
  const chosen = publicScores
    .filter(({ score }) => score >= least)
    .sort(byScoreThenId)
    .slice(0, max);
  if (new Set(chosen.map(({ id }) => id)).size !== chosen.length) {
    throw new RangeError('publicScores must not hold an id twice');
  }
  if (chosen.some(({ id }) => id === eosId)) return chosen;
  return [...chosen.slice(0, max - 1), eos];
}

/** In one pass over a whole vocabulary: the best k so far, in ascending order. */
function kthBest(publicScores: readonly PublicScore[], k: number): number {
  const best: number[] = [];
  for (const { score } of publicScores) {
    if (best.length === k && score <= best[0]!) continue;
    const at = best.findIndex((other) => other >= score);
    best.splice(at === -1 ? best.length : at, 0, score);
    if (best.length > k) best.shift();
  }
  return best[0]!;
}

function byScoreThenId(a: PublicScore, b: PublicScore): number {
  return b.score - a.score || a.id - b.id;
}
