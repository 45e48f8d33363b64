import { describe, expect, it } from 'vitest';
import { totalVariationLimit } from '../audit/bounds.ts';
import { rhoPicoToNumber } from '../pico-rho.ts';
import { sampleExponential } from '../sampling/exponential-mechanism.ts';
import type { RandomSource } from '../sampling/random.ts';
import type { Rational } from '../sampling/rational.ts';
import { distinguish } from '../testing/distinguish.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { voteCostRhoPico } from './vote.ts';

/**
 * Could the charge be wrong? An attacker sees many answers of two federations that differ in one shard's vote. eta is 1
 * here: at the epsilons of real requests the same test would need hundreds of times the samples.
 */
const BETA: Rational = { num: 1n, den: 2n };
const RHO = rhoPicoToNumber(voteCostRhoPico(BETA));
const SAMPLES = 20_000;
/** Enough where the distance is nearly twice the limit, or the draw is four draws. */
const FEWER_SAMPLES = 5000;
const ERROR = 1e-6;

type Draw = (scores: readonly number[], random: RandomSource) => number | string;

const vote: Draw = (scores, random) => sampleExponential({ scores, beta: BETA, random });

const doubledBeta: Draw = (scores, random) =>
  sampleExponential({ scores, beta: { num: 2n * BETA.num, den: BETA.den }, random });

/** "Nobody voted for it" read as "not a candidate": one vote then makes an answer possible or impossible. */
const unvotedLabelsDropped: Draw = (scores, random) => {
  const voted = scores.flatMap((score, label) => (score > 0 ? [label] : []));
  return voted[sampleExponential({ scores: voted.map((label) => scores[label]!), beta: BETA, random })]!;
};

/** Several draws over the same votes, of which only one is charged: the count of the composition is dropped. */
const drawn =
  (times: number): Draw =>
  (scores, random) =>
    Array.from({ length: times }, () => vote(scores, random)).join(' ');

/** One-vote neighbours: a changed vote where it matters most, a label's only vote, and an abstention. */
const neighbours = [
  { name: 'changed', left: [5, 4], right: [4, 5] },
  { name: 'only vote', left: [2, 0, 0], right: [1, 1, 0] },
  { name: 'abstained', left: [3, 2, 2], right: [2, 2, 2] },
];

function worstLowerBound(draw: Draw, name: string, samples: number): number {
  const bounds = neighbours.map((pair) => {
    const random = seededRandom(`${name}, ${pair.name}`);
    return distinguish({
      left: () => draw(pair.left, random),
      right: () => draw(pair.right, random),
      samples,
      error: ERROR,
    }).lowerBound;
  });
  return Math.max(...bounds);
}

describe('an attacker with many answers of neighbouring federations', () => {
  it('cannot refute the charge of the vote, though the bound comes close to it', () => {
    const bound = worstLowerBound(vote, 'vote', SAMPLES);
    expect(bound).toBeLessThanOrEqual(totalVariationLimit(RHO));
    expect(bound).toBeGreaterThan(0.8 * totalVariationLimit(RHO));
  });

  it('cannot refute the charge of four draws that are charged four times', () => {
    expect(worstLowerBound(drawn(4), 'four draws', FEWER_SAMPLES)).toBeLessThanOrEqual(
      totalVariationLimit(4 * RHO),
    );
  });

  it.each([
    { bug: 'beta doubled', draw: doubledBeta },
    { bug: 'labels without a vote dropped', draw: unvotedLabelsDropped },
    { bug: 'four draws charged once', draw: drawn(4) },
  ])('catches a planted bug: $bug', ({ bug, draw }) => {
    expect(worstLowerBound(draw, bug, FEWER_SAMPLES)).toBeGreaterThan(totalVariationLimit(RHO));
  });
});
