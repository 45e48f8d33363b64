import type { TokenScore } from './engine.ts';
import { maySay, textOf, type Vocabulary } from './vocabulary.ts';

/** The likeliest tokens that may be said, and the end token, of a whole vocabulary's log-probabilities. */
export function likeliestOf(logProbs: Float64Array, vocabulary: Vocabulary, top: number) {
  const scoreOf = (id: number): TokenScore => ({
    id,
    logProb: logProbs[id] ?? Number.NaN,
    text: textOf(vocabulary, id),
  });
  const candidates = Array.from(logProbs.keys())
    .filter((id) => maySay(vocabulary, id))
    .map(scoreOf)
    .sort((a, b) => b.logProb - a.logProb || a.id - b.id)
    .slice(0, top);
  return { candidates, end: scoreOf(vocabulary.end) };
}
