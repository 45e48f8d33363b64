import { NotExactError } from '../engine.ts';

/** Servers write minus infinity as some very small number, because JSON has none. */
const LEAST = -9_998;
/** float32 sums over 10^5 tokens are this close to 1. */
const SUM_TOLERANCE = 2e-3;

export const logProbOf = (value: number) => (value <= LEAST ? Number.NEGATIVE_INFINITY : value);

/** The scores of these candidates, in their order. What is missing is an error: a guess would be somebody's vote. */
export function scoresOf(byId: ReadonlyMap<number, number>, candidates: readonly number[]): number[] {
  return candidates.map((id) => {
    const logProb = byId.get(id);
    if (logProb === undefined) {
      throw new NotExactError(`the model server left out a candidate: its scores are cut off, not exact`);
    }
    // A score above 0 by more than rounding is no log-probability.
    if (!(logProb <= 1e-4))
      throw new NotExactError('the model server gives logits and not log-probabilities');
    return logProb;
  });
}

/** Throws unless these are the log-probabilities of a whole vocabulary. */
export function requireWhole(logProbs: Iterable<number>, what: string): void {
  let sum = 0;
  for (const logProb of logProbs) sum += Math.exp(logProb);
  if (Math.abs(sum - 1) <= SUM_TOLERANCE) return;
  throw new NotExactError(`${what}: the probabilities of all tokens sum to ${sum.toFixed(4)} and not to 1`);
}
