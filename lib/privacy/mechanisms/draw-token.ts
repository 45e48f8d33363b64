import { sampleExponential } from '../sampling/exponential-mechanism.ts';
import type { RandomSource } from '../sampling/random.ts';
import type { Rational } from '../sampling/rational.ts';
import { contributionRange, GRID, requireParameters, type TokenParameters } from './short-answer.ts';
import type { PublicScore } from './short-answer-candidates.ts';

type TokenScores = TokenParameters & {
  /** The candidates, as chooseCandidates returned them. */
  publicScores: readonly PublicScore[];
  /** Per candidate the shards' clipped differences in grid steps, summed, mapped into range, less the offset. */
  sums: readonly number[];
};

/**
 * Draws the next token, with probability exactly proportional to exp((phi_pub + sum d/s)/tau). Costs
 * tokenCostRhoPico, whatever is drawn. Its duration depends on the sums, so the token is let go on a public tick.
 * @throws RangeError when sums and candidates differ in number, or a sum is beyond what the shards can send.
 */
export function drawToken(args: TokenScores & { random?: RandomSource }): { index: number; id: number } {
  const { random, ...given } = args;
  const index = sampleExponential({ ...tokenLaw(given), ...(random && { random }) });
  return { index, id: args.publicScores[index]!.id };
}

/** The integers s * phi_pub + sum, to be read over the denominator s * 2^13 * tau. */
export function tokenLaw(args: TokenScores): { scores: number[]; beta: Rational } {
  requireParameters(args);
  const { publicScores, sums, shards, tau = 1 } = args;
  const { offset } = contributionRange(args);
  if (sums.length !== publicScores.length) throw new RangeError('sums must be one for each of publicScores');
  if (!sums.every((sum) => Number.isInteger(sum) && Math.abs(sum) <= offset)) {
    throw new RangeError(`sums must be integers of at most ${offset} either way`);
  }
  return {
    scores: publicScores.map(({ score }, i) => shards * score + sums[i]!),
    beta: { num: 1n, den: BigInt(shards) * BigInt(GRID) * BigInt(tau) },
  };
}
