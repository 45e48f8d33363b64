import { bernoulliExp, bernoulliExpNumber } from './bernoulli-exp.ts';
import { type RandomSource, secureRandom } from './random.ts';
import { type Rational, requireRational } from './rational.ts';

/**
 * Draws an index with probability exactly proportional to exp(beta * scores[index]): a uniform candidate is accepted
 * with probability exp(-beta (max - score)), over integers throughout. Expected candidates: at most scores.length,
 * and one that is far below the best costs a draw or two, because exp(-gap) fails at its first factor 1/e mostly.
 * Its duration depends on the scores, so the result is released on a public clock.
 * @throws RangeError when there are no scores, one is not a safe integer, or beta is not a non-negative fraction.
 */
export function sampleExponential(args: {
  scores: readonly number[];
  beta: Rational;
  random?: RandomSource;
}): number {
  const { scores, beta, random = secureRandom } = args;
  requireRational('beta', beta);
  if (scores.length === 0) throw new RangeError('scores must not be empty');
  if (!scores.every(Number.isSafeInteger)) throw new RangeError('scores must be safe integers');
  const accept = fitsNumbers(scores, beta) ? acceptNumber(scores, beta) : acceptBigint(scores, beta);
  for (;;) {
    const candidate = random.belowNumber(scores.length);
    if (accept(candidate, random)) return candidate;
  }
}

type Accept = (candidate: number, random: RandomSource) => boolean;

/**
 * Whether every product below is exact as a number. A sum or product of safe integers that is not exact is at least
 * 2^53 before rounding and therefore after it, so judging the rounded one is enough.
 */
function fitsNumbers(scores: readonly number[], { num, den }: Rational): boolean {
  const limit = BigInt(Number.MAX_SAFE_INTEGER);
  if (num > limit || den > limit) return false;
  return Number.isSafeInteger((highest(scores) - lowest(scores)) * Number(num));
}

function acceptNumber(scores: readonly number[], beta: Rational): Accept {
  const max = highest(scores);
  const num = Number(beta.num);
  const den = Number(beta.den);
  return (candidate, random) => bernoulliExpNumber((max - scores[candidate]!) * num, den, random);
}

function acceptBigint(scores: readonly number[], { num, den }: Rational): Accept {
  const max = BigInt(highest(scores));
  return (candidate, random) => bernoulliExp({ num: num * (max - BigInt(scores[candidate]!)), den }, random);
}

function highest(scores: readonly number[]): number {
  return scores.reduce((best, score) => Math.max(best, score));
}

function lowest(scores: readonly number[]): number {
  return scores.reduce((least, score) => Math.min(least, score));
}
