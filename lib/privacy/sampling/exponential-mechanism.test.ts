import { describe, expect, it } from 'vitest';
import { voteBeta, voteDistribution } from '../mechanisms/vote.ts';
import { chiSquarePValue } from '../testing/chi-square.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { sampleExponential } from './exponential-mechanism.ts';
import type { Rational } from './rational.ts';

const SAMPLES = 40_000;

function tally(scores: readonly number[], beta: Rational, seed: string): number[] {
  const random = seededRandom(seed);
  const counts = new Array<number>(scores.length).fill(0);
  for (let i = 0; i < SAMPLES; i += 1) counts[sampleExponential({ scores, beta, random })]! += 1;
  return counts;
}

const half: Rational = { num: 1n, den: 2n };
const cases: { name: string; scores: number[]; beta: Rational }[] = [
  { name: 'even', scores: [3, 3, 3, 3], beta: half },
  { name: 'spread', scores: [5, 3, 2, 0], beta: half },
  { name: 'negative', scores: [-4, -1, 0], beta: half },
  { name: 'steep', scores: [9, 8, 0], beta: { num: 3n, den: 1n } },
  { name: 'no beta', scores: [100, 0, 7], beta: { num: 0n, den: 1n } },
  { name: 'a request at epsilon 0.1', scores: [90, 13, 13, 12], beta: voteBeta(433_000_000n) },
  { name: '64 labels', scores: Array.from({ length: 64 }, (_, i) => i % 9), beta: half },
];

describe('sampleExponential', () => {
  it.each(cases)('draws from its distribution: $name', ({ name, scores, beta }) => {
    expect(chiSquarePValue(tally(scores, beta, name), voteDistribution(scores, beta))).toBeGreaterThan(1e-6);
  });

  it('would be caught with a beta that is a twentieth off', () => {
    const off: Rational = { num: 21n, den: 40n };
    expect(
      chiSquarePValue(tally([5, 3, 2, 0], off, 'off'), voteDistribution([5, 3, 2, 0], half)),
    ).toBeLessThan(1e-6);
  });

  it('returns the only candidate', () => {
    expect(sampleExponential({ scores: [7], beta: half })).toBe(0);
  });

  it('refuses what it cannot draw from', () => {
    expect(() => sampleExponential({ scores: [], beta: half })).toThrow(/^scores/);
    for (const bad of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => sampleExponential({ scores: [1, bad], beta: half })).toThrow(/^scores/);
    }
    expect(() => sampleExponential({ scores: [1, 2], beta: { num: 1n, den: 0n } })).toThrow(/^beta/);
    expect(() => sampleExponential({ scores: [1, 2], beta: { num: -1n, den: 1n } })).toThrow(/^beta/);
  });
});
