import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rhoFromEpsilon } from '../accounting/zcdp.ts';
import { rhoPicoToNumber } from '../pico-rho.ts';
import { rationalToNumber } from '../sampling/rational.ts';
import { chiSquarePValue } from '../testing/chi-square.ts';
import { discreteGaussianMasses } from '../testing/discrete-gaussian-masses.ts';
import { histograms, oneVoteMoves } from '../testing/one-vote-moves.ts';
import { renyiDivergence } from '../testing/renyi.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { consensusStatistic, drawConsensus, noisyConsensus } from './consensus.ts';
import {
  type ConsensusCharge,
  type ConsensusKind,
  consensusCharge,
  consensusThreshold,
  testCostRhoPico,
} from './consensus-charge.ts';
import { voteCostRhoPico, voteDistribution } from './vote.ts';

const DELTA = 1e-5;
const KINDS: ConsensusKind[] = ['threshold', 'margin'];
const ORDERS = [1.01, 1.5, 2, 4, 8, 32];

/** Every outcome's probability: the abstention, then each label. */
function law(counts: readonly number[], { kind, sigma2, threshold, beta }: ConsensusCharge): number[] {
  const variance = rationalToNumber(sigma2);
  const radius = Math.ceil(20 * Math.sqrt(variance)) + threshold;
  const noise = discreteGaussianMasses(variance, radius);
  const needed = threshold - consensusStatistic(counts, kind);
  const passes = noise.reduce((sum, mass, i) => (i - radius >= needed ? sum + mass : sum), 0);
  const fails = noise.reduce((sum, mass, i) => (i - radius < needed ? sum + mass : sum), 0);
  return [fails, ...voteDistribution(counts, beta).map((share) => passes * share)];
}

/** The largest D_alpha/(alpha rho) over every one-vote move and every order. */
function worstShareOf(rhoPico: bigint, charge: ConsensusCharge, labelCount: number, shards: number): number {
  const laws = new Map<string, number[]>();
  const lawOf = (counts: readonly number[]) => {
    const key = counts.join(' ');
    const known = laws.get(key) ?? law(counts, charge);
    laws.set(key, known);
    return known;
  };
  let worst = 0;
  for (const [counts, neighbour] of neighbours(labelCount, shards)) {
    for (const alpha of ORDERS) {
      const divergence = renyiDivergence(lawOf(counts), lawOf(neighbour), alpha);
      worst = Math.max(worst, divergence / (alpha * rhoPicoToNumber(rhoPico)));
    }
  }
  return worst;
}

function* neighbours(labelCount: number, shards: number) {
  for (const counts of histograms(labelCount, shards))
    for (const neighbour of oneVoteMoves(counts, shards)) yield [counts, neighbour] as const;
}

describe.each(KINDS)('consensus by %s', (kind) => {
  it('has a statistic of its sensitivity', () => {
    let moved = 0;
    for (const [counts, neighbour] of neighbours(3, 6)) {
      moved = Math.max(
        moved,
        Math.abs(consensusStatistic(counts, kind) - consensusStatistic(neighbour, kind)),
      );
    }
    expect(moved).toBe(kind === 'threshold' ? 1 : 2);
  });

  it.each([0.5, 1, 4, 10])('covers every one-vote move at epsilon %d', (epsilon) => {
    for (const [labelCount, shards] of [
      [2, 8],
      [3, 5],
    ] as const) {
      const charge = consensusCharge(epsilon, DELTA, kind, shards);
      expect(worstShareOf(charge.rhoPico, charge, labelCount, shards)).toBeLessThanOrEqual(1 + 1e-9);
    }
  });

  it('has a test that would be refuted at a quarter of its charge, the price of half the sensitivity', () => {
    const charge = { ...consensusCharge(0.5, DELTA, kind, 8), beta: { num: 0n, den: 1n } };
    expect(worstShareOf(charge.testRhoPico, charge, 2, 8)).toBeLessThanOrEqual(1 + 1e-9);
    expect(worstShareOf(charge.testRhoPico / 4n, charge, 2, 8)).toBeGreaterThan(1);
  });

  it('charges what its parts cost, within what is asked', () => {
    const epsilons = fc.double({ min: 0.01, max: 20, noNaN: true });
    const shardCounts = fc.integer({ min: 3, max: 2000 });
    fc.assert(
      fc.property(epsilons, shardCounts, (epsilon, shards) => {
        const charge = consensusCharge(epsilon, DELTA, kind, shards);
        expect(charge.testRhoPico).toBe(testCostRhoPico(charge.sigma2, kind));
        expect(charge.voteRhoPico).toBe(voteCostRhoPico(charge.beta));
        expect(charge.rhoPico).toBe(charge.testRhoPico + charge.voteRhoPico);
        const asked = rhoFromEpsilon(epsilon, DELTA);
        expect(charge.rhoPico).toBeLessThanOrEqual(asked);
        expect(Number(charge.rhoPico)).toBeGreaterThan(Number(asked) * 0.999);
      }),
    );
  });

  it('draws from its law', () => {
    const counts = [7, 4, 1];
    const charge = consensusCharge(4, DELTA, kind, 12);
    const random = seededRandom(`consensus ${kind}`);
    const seen = [0, 0, 0, 0];
    for (let i = 0; i < 20_000; i += 1) seen[(drawConsensus({ counts, charge, random }) ?? -1) + 1]! += 1;
    expect(chiSquarePValue(seen, law(counts, charge))).toBeGreaterThan(1e-6);
  });

  it('refuses parameters that mean nothing', () => {
    expect(() => consensusCharge(0, DELTA, kind, 9)).toThrow(/^epsilon/);
    expect(() => consensusCharge(1e-9, 1e-12, kind, 9)).toThrow(/^epsilon/);
    expect(() => consensusCharge(1, 1, kind, 9)).toThrow(/^delta/);
    expect(() => consensusCharge(1, DELTA, kind, 0)).toThrow(/^shards/);
    expect(() => testCostRhoPico({ num: 0n, den: 1n }, kind)).toThrow(/^sigma2/);
    expect(() => consensusStatistic([], kind)).toThrow(/^counts/);
  });
});

it('asks for three fifths of the shards, or a quarter more than the second', () => {
  expect(consensusThreshold('threshold', 64)).toBe(39);
  expect(consensusThreshold('margin', 64)).toBe(16);
  expect(consensusStatistic([9], 'margin')).toBe(9);
});

it('reads noisy counts in gaussian mode', () => {
  const winner = (noisyCounts: number[], kind: ConsensusKind) =>
    noisyConsensus({ noisyCounts, kind, shards: 64 });
  expect(winner([-3, 41, 20], 'threshold')).toBe(1);
  expect(winner([38, 20, -8], 'threshold')).toBeNull();
  expect(winner([38, 20, -8], 'margin')).toBe(0);
  expect(winner([30, 20, -8], 'margin')).toBeNull();
});
