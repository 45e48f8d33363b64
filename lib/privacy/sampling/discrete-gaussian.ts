import { bernoulliExp, bernoulliExpNumber } from './bernoulli-exp.ts';
import { discreteLaplace } from './discrete-laplace.ts';
import { integerSqrt } from './integer-sqrt.ts';
import { type RandomSource, secureRandom } from './random.ts';
import { type Rational, requireRational } from './rational.ts';

/** Beyond it a draw could leave the safe integers. */
const MAX_SIGMA2 = 2n ** 64n;

/**
 * Draws an integer with probability exactly proportional to exp(-value^2 / (2 sigma2)): algorithm 3 of Canonne,
 * Kamath, Steinke, arXiv 2004.00010. A discrete Laplace of scale t = floor(sigma) + 1 is accepted with probability
 * exp(-(|y| - sigma2/t)^2 / (2 sigma2)). Added to integers of L2 sensitivity D it is (D^2 / (2 sigma2))-zCDP.
 * Its duration depends on what is drawn, so the result is released on a public clock.
 * @throws RangeError unless sigma2 is a fraction above 0 and at most 2^64.
 */
export function sampleDiscreteGaussian(args: { sigma2: Rational; random?: RandomSource }): number {
  const { sigma2, random = secureRandom } = args;
  requireRational('sigma2', sigma2);
  const { num, den } = sigma2;
  if (num === 0n || num > MAX_SIGMA2 * den) throw new RangeError('sigma2 must be above 0 and at most 2^64');
  const t = Number(integerSqrt(num / den)) + 1;
  for (;;) {
    const y = discreteLaplace(t, 1, random);
    if (accept(Math.abs(y), t, sigma2, random)) return y;
  }
}

/** (|y| - num/(den t))^2 den/(2 num) is the fraction (|y| den t - num)^2 / (2 num den t^2). */
function accept(magnitude: number, t: number, { num, den }: Rational, random: RandomSource): boolean {
  const numNumber = Number(num);
  const denNumber = Number(den);
  const step = denNumber * t;
  const offset = magnitude * step - numNumber;
  const gammaNum = offset * offset;
  const gammaDen = 2 * numNumber * step * t;
  // Every part is at most one of the two, and rounding keeps 2^53 or more at 2^53 or more: safe means exact.
  if (
    Number.isSafeInteger(gammaNum) &&
    Number.isSafeInteger(gammaDen) &&
    Number.isSafeInteger(magnitude * step)
  ) {
    return bernoulliExpNumber(gammaNum, gammaDen, random);
  }
  const exact = BigInt(magnitude) * den * BigInt(t) - num;
  return bernoulliExp({ num: exact * exact, den: 2n * num * den * BigInt(t) * BigInt(t) }, random);
}
