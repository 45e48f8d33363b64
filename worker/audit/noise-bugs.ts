import { noisyWinner, sampleNoiseShare, sigmaLocalFor } from '#lib/privacy/mechanisms/distributed-gaussian';
import type { Rational } from '#lib/privacy/sampling/rational';
import { directPath } from './direct-path.ts';
import type { Path } from './path.ts';
import type { Subject } from './subject.ts';
import { gaussianVote } from './subjects/gaussian-vote.ts';

/** Two labels, and of four hospitals two that collude: they know their own noise and take it off. */
const LABELS = 2;
const SHARES = 4;
const UNKNOWN_SHARES = 2;
const ETA = 1;
/** What the votes of this audit are charged: eta = 1, and what the rounding of its epsilon took away. */
const RHO_PICO = 124_999_000_000n;

/** Mistakes in the noise that hospitals add themselves. A node's guard refuses both, so they are asked for directly. */
export type NoiseBug = {
  id: 'sqrt-two-forgotten' | 'all-shares-counted';
  subject: Subject;
  /** The variance of each hospital's noise. */
  sigma2Local: Rational;
  /** A Gaussian is further from its limit than a vote between two labels: more answers are needed to exceed it. */
  most: number;
};

export const honestNoise = sigmaLocalFor(RHO_PICO, {
  survivors: UNKNOWN_SHARES,
  labelCount: LABELS,
}).sigma2Local;

export const NOISE_BUGS: readonly NoiseBug[] = [
  {
    // A vote that moves takes from one count and gives to another: half of the variance would do for a single count.
    id: 'sqrt-two-forgotten',
    subject: gaussianVote(ETA),
    sigma2Local: { num: honestNoise.num, den: 2n * honestNoise.den },
    most: 128_000,
  },
  {
    // The colluding hospitals' noise is counted as if nobody knew it, and all add less: half of the variance.
    id: 'all-shares-counted',
    subject: gaussianVote(ETA),
    sigma2Local: {
      num: honestNoise.num * BigInt(UNKNOWN_SHARES),
      den: honestNoise.den * BigInt(SHARES),
    },
    most: 128_000,
  },
];

/** Votes over the audit's records as the router and the colluding hospitals see them: under the noise of the others alone. */
export function noisyPath(dataDir: string, { sigma2Local }: Pick<NoiseBug, 'sigma2Local'>): Promise<Path> {
  return directPath(dataDir, ({ scores }) => {
    const shares = Array.from({ length: UNKNOWN_SHARES }, () =>
      sampleNoiseShare({ labelCount: scores.length, sigma2Local }),
    );
    return noisyWinner(scores.map((score, i) => shares.reduce((sum, share) => sum + share[i]!, score)));
  });
}
