import { voteDistribution } from '../../lib/privacy/mechanisms/vote.ts';
import { chargeForEpsilon } from '../../lib/privacy/mechanisms/vote-charge.ts';
import type { Rational } from '../../lib/privacy/sampling/rational.ts';

export const EPSILONS = [0.1, 0.25, 0.5, 1] as const;
export const DELTA = 1e-5;

/** The votes of one question and the place of its right label. */
export type Asked = { counts: readonly number[]; truth: number };

/** Share of questions answered right: without noise, and at each of EPSILONS. */
export type Accuracy = { noiseless: number; private: readonly number[] };

/** The plurality, a tie counting by its share: what the mechanism tends to as epsilon grows. */
function pluralityRight({ counts, truth }: Asked): number {
  const most = Math.max(...counts);
  return counts[truth] === most ? 1 / counts.filter((count) => count === most).length : 0;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * The accuracy one would find on average over endless draws: the exact probability that the product's mechanism, at the
 * product's charge, gives the right label, averaged over the questions. Nothing is sampled.
 */
export function accuracyOf(asked: readonly Asked[]): Accuracy {
  const right = (beta: Rational) =>
    mean(asked.map(({ counts, truth }) => voteDistribution(counts, beta)[truth] ?? 0));
  return {
    noiseless: mean(asked.map(pluralityRight)),
    private: EPSILONS.map((epsilon) => right(chargeForEpsilon(epsilon, DELTA).beta)),
  };
}
