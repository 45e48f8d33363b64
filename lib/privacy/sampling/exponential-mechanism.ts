import { bernoulliExp } from './bernoulli-exp.ts';
import { belowNumber, type RandomSource, secureRandom } from './random.ts';
import { type Rational, requireRational } from './rational.ts';

/**
 * Draws an index with probability exactly proportional to exp(beta * scores[index]): a uniform candidate is accepted
 * with probability exp(-beta (max - score)), over integers throughout. Expected candidates: at most scores.length.
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
  const exact = scores.map(BigInt);
  const max = exact.reduce((best, score) => (score > best ? score : best));
  for (;;) {
    const candidate = belowNumber(random, exact.length);
    const gap = max - exact[candidate]!;
    if (bernoulliExp({ num: beta.num * gap, den: beta.den }, random)) return candidate;
  }
}
