import { rememberedRho } from '../accounting/remembered-rho.ts';
import { RHO_PICO_PER_UNIT } from '../pico-rho.ts';
import { sampleDiscreteGaussian } from '../sampling/discrete-gaussian.ts';
import { sampleExponential } from '../sampling/exponential-mechanism.ts';
import { type RandomSource, secureRandom } from '../sampling/random.ts';
import { type Rational, requireRational } from '../sampling/rational.ts';
import { noisyWinner } from './distributed-gaussian.ts';
import { voteBeta, voteCostRhoPico } from './vote.ts';

/**
 * A consensus vote answers only if the winner is clear: a noisy statistic of the counts is held against a public
 * threshold, and only if it passes a label is drawn. One patient changes one shard's vote, which moves
 * - `threshold`, the largest count, by at most 1;
 * - `margin`, the largest less the second largest count, by at most 2.
 * With discrete Gaussian noise of variance sigma2 on an integer of sensitivity D, the test is D^2/(2 sigma2)-zCDP
 * (Canonne, Kamath, Steinke, arXiv 2004.00010, theorem 4); the draw after it composes.
 */
export type ConsensusKind = 'threshold' | 'margin';

/**
 * The parts, chosen once from exact usefulness: with these the fewest shards (over 2 to 12 labels, epsilon 0.1 to 1)
 * both answer rightly at a plurality of 70 % and abstain where two labels tie, each with probability .8. Half of the
 * shards would be no threshold at all: a tie of two labels passes it every other time.
 */
const TEST_SHARE = { num: 3n, den: 5n };
const THRESHOLD_OF_SHARDS: Record<ConsensusKind, { num: number; den: number }> = {
  threshold: { num: 3, den: 5 },
  margin: { num: 1, den: 4 },
};
const SENSITIVITY: Record<ConsensusKind, bigint> = { threshold: 1n, margin: 2n };
const SIGMA2_DEN = 2n ** 10n;

export type ConsensusCharge = {
  kind: ConsensusKind;
  /** Reserved in full: test and vote. */
  rhoPico: bigint;
  /** Charged whatever happens once the test has run. */
  testRhoPico: bigint;
  /** Released if the test fails, as nothing is drawn then. */
  voteRhoPico: bigint;
  beta: Rational;
  sigma2: Rational;
  /** The noisy statistic passes at this or more. Public: it follows from the shards asked. */
  threshold: number;
};

/**
 * The charge of a consensus vote for a request's epsilon at delta. Invariant: `testRhoPico + voteRhoPico = rhoPico`,
 * which is at most rhoFromEpsilon(epsilon, delta), and neither part is less than what it costs.
 * @throws RangeError when epsilon or delta is invalid, buys no test at all, or shards is not a positive integer.
 */
export function consensusCharge(
  epsilon: number,
  delta: number,
  kind: ConsensusKind,
  shards: number,
): ConsensusCharge {
  const parts = splitConsensusBudget(rememberedRho(epsilon, delta), kind);
  const { testRhoPico, voteRhoPico } = parts;
  return {
    kind,
    rhoPico: testRhoPico + voteRhoPico,
    threshold: consensusThreshold(kind, shards),
    ...parts,
  };
}

/** The same for a budget in pico-rho, without what depends on the shards. @throws RangeError when it buys no test. */
export function splitConsensusBudget(
  budgetRhoPico: bigint,
  kind: ConsensusKind,
): Pick<ConsensusCharge, 'testRhoPico' | 'voteRhoPico' | 'sigma2' | 'beta'> {
  const sigma2 = sigma2For((budgetRhoPico * TEST_SHARE.num) / TEST_SHARE.den, kind);
  const testRhoPico = testCostRhoPico(sigma2, kind);
  const beta = voteBeta(budgetRhoPico - testRhoPico);
  return { testRhoPico, voteRhoPico: voteCostRhoPico(beta), sigma2, beta };
}

/** D^2/(2 sigma2) in pico-rho, rounded up. @throws RangeError when sigma2 is not above 0. */
export function testCostRhoPico(sigma2: Rational, kind: ConsensusKind): bigint {
  requireRational('sigma2', sigma2);
  if (sigma2.num === 0n) throw new RangeError('sigma2 must be above 0');
  const num = SENSITIVITY[kind] ** 2n * sigma2.den * RHO_PICO_PER_UNIT;
  const den = 2n * sigma2.num;
  return (num + den - 1n) / den;
}

/** @throws RangeError when shards is not a positive integer. */
export function consensusThreshold(kind: ConsensusKind, shards: number): number {
  if (!Number.isSafeInteger(shards) || shards < 1) throw new RangeError('shards must be a positive integer');
  const { num, den } = THRESHOLD_OF_SHARDS[kind];
  return Math.ceil((shards * num) / den);
}

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

/** The smallest variance on the grid of 2^-10 whose cost is within testRhoPico. */
function sigma2For(testRhoPico: bigint, kind: ConsensusKind): Rational {
  if (testRhoPico === 0n) throw new RangeError('epsilon is too small to buy a test');
  const num = SENSITIVITY[kind] ** 2n * RHO_PICO_PER_UNIT * SIGMA2_DEN;
  const den = 2n * testRhoPico;
  return { num: (num + den - 1n) / den, den: SIGMA2_DEN };
}
