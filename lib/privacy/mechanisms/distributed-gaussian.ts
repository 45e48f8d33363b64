import { RHO_PICO_PER_UNIT } from '../pico-rho.ts';
import { sampleDiscreteGaussian } from '../sampling/discrete-gaussian.ts';
import { type RandomSource, secureRandom } from '../sampling/random.ts';
import { type Rational, rationalToNumber, requireRational } from '../sampling/rational.ts';

/**
 * The vote of the masked channel: every node adds its share of discrete Gaussian noise to its own counts, the router
 * sees the noisy sum alone, and the largest noisy count wins, which costs nothing more. One patient moves one vote,
 * an L2 distance of sqrt 2. The guarantee counts the shares that are certain to be there and unknown to whoever
 * looks: N = nodes - maxCollude - maxDropouts.
 */
export type NoiseShares = {
  /** N: shares that are guaranteed, honest and unknown to the observer. */
  survivors: number;
  labelCount: number;
};

/** Below this the sum of discrete Gaussians is not close enough to one for the formula (sigma_local >= 2). */
const MIN_SIGMA2_LOCAL = 4n;
const SIGMA2_DEN = 2n ** 10n;
const SENSITIVITY2 = 2n;

/** @throws RangeError unless nodes is positive, the others are at least 0, all integers, and one share is left. */
export function guaranteedSurvivors(args: {
  nodes: number;
  maxCollude: number;
  maxDropouts: number;
}): number {
  for (const [name, value] of Object.entries(args)) {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new RangeError(`${name} must be an integer of at least 0`);
  }
  const survivors = args.nodes - args.maxCollude - args.maxDropouts;
  if (survivors < 1) throw new RangeError('nodes must exceed maxCollude and maxDropouts together');
  return survivors;
}

/**
 * What a vote with these shares costs, in pico-rho, rounded up: rho = e^2/2 with
 * e = min{ sqrt(D^2/(N s^2) + 2 k d), D/(sqrt N s) + k sqrt d }, k = 10 sum_{j=1}^{N-1} exp(-2 pi^2 s^2 j/(j+1)),
 * D = sqrt 2, s = sigma_local, d labels (Kairouz, Liu, Steinke, arXiv 2102.06387; more shares only help).
 * D^2/(2 N s^2) is taken exactly. What is added to it, far below one pico-rho at s >= 2, is a float rounded up.
 * @throws RangeError when sigma2Local is below 4, or survivors or labelCount is not a positive integer.
 */
export function gaussianVoteCostRhoPico(sigma2Local: Rational, shares: NoiseShares): bigint {
  requireRational('sigma2Local', sigma2Local);
  requireShares(shares);
  if (sigma2Local.num < MIN_SIGMA2_LOCAL * sigma2Local.den) {
    throw new RangeError('sigma2Local must be at least 4, as sigma_local must be at least 2');
  }
  return continuousCost(sigma2Local, shares.survivors) + discretenessCost(sigma2Local, shares);
}

/**
 * The smallest local variance on the grid of 2^-10, and at least 4, whose cost is within rhoPico, and that cost.
 * @throws RangeError when rhoPico buys nothing, or survivors or labelCount is not a positive integer.
 */
export function sigmaLocalFor(
  rhoPico: bigint,
  shares: NoiseShares,
): { sigma2Local: Rational; rhoPico: bigint } {
  requireShares(shares);
  const smallest = { num: MIN_SIGMA2_LOCAL * SIGMA2_DEN, den: SIGMA2_DEN };
  // The discreteness costs most where sigma is smallest, so what is left for the rest is at least this.
  const left = rhoPico - discretenessCost(smallest, shares);
  if (left <= 0n) throw new RangeError('rhoPico is too small to buy any variance');
  const den = 2n * BigInt(shares.survivors) * left;
  const num = (SENSITIVITY2 * RHO_PICO_PER_UNIT * SIGMA2_DEN + den - 1n) / den;
  const sigma2Local = num > smallest.num ? { num, den: SIGMA2_DEN } : smallest;
  return { sigma2Local, rhoPico: gaussianVoteCostRhoPico(sigma2Local, shares) };
}

/** One node's noise, one exact draw a label. Fresh for every attempt: reused noise is no noise. */
export function sampleNoiseShare(args: {
  labelCount: number;
  sigma2Local: Rational;
  random?: RandomSource;
}): number[] {
  const { labelCount, sigma2Local, random = secureRandom } = args;
  return Array.from({ length: labelCount }, () => sampleDiscreteGaussian({ sigma2: sigma2Local, random }));
}

/** The label of the largest noisy count, the lowest index of equals. @throws RangeError when there is none. */
export function noisyWinner(noisyCounts: readonly number[]): number {
  if (noisyCounts.length === 0) throw new RangeError('noisyCounts must not be empty');
  return noisyCounts.indexOf(noisyCounts.reduce((best, count) => Math.max(best, count)));
}

/** D^2/(2 N s^2), exact but for rounding up. */
function continuousCost({ num, den }: Rational, survivors: number): bigint {
  const below = 2n * BigInt(survivors) * num;
  return (SENSITIVITY2 * den * RHO_PICO_PER_UNIT + below - 1n) / below;
}

/** What the minimum of the two forms adds to it: k d, or D k sqrt d/(sqrt N s) + k^2 d/2. */
function discretenessCost(sigma2Local: Rational, { survivors, labelCount }: NoiseShares): bigint {
  const sigma2 = rationalToNumber(sigma2Local);
  let k = 0;
  for (let j = 1; j < survivors; j += 1) k += 10 * Math.exp((-2 * Math.PI ** 2 * sigma2 * j) / (j + 1));
  const cross = k * Math.sqrt((Number(SENSITIVITY2) * labelCount) / (survivors * sigma2));
  const added = Math.min(k * labelCount, cross + (k * k * labelCount) / 2);
  return BigInt(Math.ceil(added * (1 + 1e-9) * Number(RHO_PICO_PER_UNIT)));
}

function requireShares({ survivors, labelCount }: NoiseShares): void {
  for (const [name, value] of Object.entries({ survivors, labelCount })) {
    if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`${name} must be a positive integer`);
  }
}
