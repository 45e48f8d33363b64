import { sampleDiscreteGaussian } from '../sampling/discrete-gaussian.ts';
import { sampleExponential } from '../sampling/exponential-mechanism.ts';
import { type RandomSource, secureRandom } from '../sampling/random.ts';
import { type ConsensusCharge, type ConsensusKind, consensusThreshold } from './consensus-charge.ts';
import { noisyWinner } from './distributed-gaussian.ts';

/** The integer the test adds its noise to. @throws RangeError when counts is empty. */
export function consensusStatistic(counts: readonly number[], kind: ConsensusKind): number {
  if (counts.length === 0) throw new RangeError('counts must not be empty');
  const [first = 0, second = 0] = counts.toSorted((a, b) => b - a);
  return kind === 'threshold' ? first : first - second;
}

/**
 * Runs the test and, if it passes, the vote: the label's index, or null for an abstention. Charge testRhoPico for
 * null and rhoPico for a label. Its duration depends on the counts, so it is let go on a public tick.
 */
export function drawConsensus(args: {
  counts: readonly number[];
  charge: ConsensusCharge;
  random?: RandomSource;
}): number | null {
  const { counts, charge, random = secureRandom } = args;
  const { kind, sigma2, threshold, beta } = charge;
  const noisy = consensusStatistic(counts, kind) + sampleDiscreteGaussian({ sigma2, random });
  return noisy >= threshold ? sampleExponential({ scores: counts, beta, random }) : null;
}

/**
 * Consensus in gaussian mode: the test reads the same noisy counts as the vote does, so it costs nothing on top of
 * gaussianVoteCostRhoPico. The winner's index, the lowest of equals, or null for an abstention.
 * @throws RangeError when noisyCounts is empty or shards is not a positive integer.
 */
export function noisyConsensus(args: {
  noisyCounts: readonly number[];
  kind: ConsensusKind;
  shards: number;
}): number | null {
  const { noisyCounts, kind, shards } = args;
  if (consensusStatistic(noisyCounts, kind) < consensusThreshold(kind, shards)) return null;
  return noisyWinner(noisyCounts);
}
