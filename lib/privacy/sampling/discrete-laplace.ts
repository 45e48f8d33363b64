import { bernoulliExpMinusOne, bernoulliExpNumber } from './bernoulli-exp.ts';
import { type RandomSource, secureRandom } from './random.ts';
import { type Rational, requireRational } from './rational.ts';

/** Beyond it a draw could leave the safe integers. */
const MAX_SCALE = 2n ** 32n;

/**
 * Draws an integer with probability exactly proportional to exp(-|value| / scale): algorithm 2 of Canonne, Kamath,
 * Steinke, arXiv 2004.00010. Added to an integer of sensitivity D it is (D / scale)-DP.
 * Its duration depends on what is drawn, so the result is released on a public clock.
 * @throws RangeError unless scale is above 0 and at most 2^32, with numerator and denominator at most 2^53 - 1.
 */
export function sampleDiscreteLaplace(args: { scale: Rational; random?: RandomSource }): number {
  const { scale, random = secureRandom } = args;
  requireRational('scale', scale);
  const limit = BigInt(Number.MAX_SAFE_INTEGER);
  if (scale.num === 0n || scale.num > MAX_SCALE * scale.den) {
    throw new RangeError('scale must be above 0 and at most 2^32');
  }
  if (scale.num > limit || scale.den > limit) {
    throw new RangeError('scale must have a numerator and a denominator below 2^53');
  }
  return discreteLaplace(Number(scale.num), Number(scale.den), random);
}

/** The same at scale t/s, both positive safe integers; for samplers that have checked them. */
export function discreteLaplace(t: number, s: number, random: RandomSource): number {
  for (;;) {
    const magnitude = geometric(t, s, random);
    const negative = random.belowNumber(2) === 1;
    // Zero has no sign: one of its two ways is thrown away.
    if (!(negative && magnitude === 0)) return negative ? -magnitude : magnitude;
  }
}

/** floor(X / s) of an X with probability proportional to exp(-X / t): the rest below t by rejection, then whole ts. */
function geometric(t: number, s: number, random: RandomSource): number {
  let rest = random.belowNumber(t);
  while (!bernoulliExpNumber(rest, t, random)) rest = random.belowNumber(t);
  let whole = 0;
  while (bernoulliExpMinusOne(random)) whole += 1;
  const x = rest + t * whole;
  if (Number.isSafeInteger(x)) return Math.floor(x / s);
  return Number((BigInt(rest) + BigInt(t) * BigInt(whole)) / BigInt(s));
}
