import { describe, expect, it } from 'vitest';
import { chiSquarePValue } from '../testing/chi-square.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { drawToken, tokenLaw } from './draw-token.ts';
import { GRID, quantiseClipped } from './short-answer.ts';

const CLIP = { num: 1n, den: 1n };
const SHARDS = 8;
const PUBLIC = [-0.5, -1.25, -2, -4].map((phi, id) => ({ id: 10 + id, score: phi * GRID }));
const SUMS = [-6, 2.5, 8, 0].map((nats) => nats * GRID);
const SAMPLES = 40_000;

/** softmax((phi_pub + sum d/s)/tau), in floats. */
function expected(tau: number): number[] {
  const weights = PUBLIC.map(({ score }, i) => Math.exp((score + SUMS[i]! / SHARDS) / GRID / tau));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function tally(tau: number, clip = CLIP, shards = SHARDS): number[] {
  const random = seededRandom(`token ${tau}`);
  const counts = PUBLIC.map(() => 0);
  for (let i = 0; i < SAMPLES; i += 1) {
    const { index, id } = drawToken({ publicScores: PUBLIC, sums: SUMS, shards, clip, tau, random });
    if (PUBLIC[index]!.id !== id) throw new Error(`candidate ${index} has not the id ${id}`);
    counts[index]! += 1;
  }
  return counts;
}

describe('drawToken', () => {
  it.each([1, 2])('draws from the softmax of public values and mean differences at tau %d', (tau) => {
    expect(chiSquarePValue(tally(tau), expected(tau))).toBeGreaterThan(1e-6);
  });

  it('would be caught with another number of shards', () => {
    expect(chiSquarePValue(tally(1, CLIP, SHARDS + 1), expected(1))).toBeLessThan(1e-6);
  });

  it('is a choice over integers of a step of 2^-13 nats a shard', () => {
    const { scores, beta } = tokenLaw({ publicScores: PUBLIC, sums: SUMS, shards: SHARDS, clip: CLIP });
    expect(scores[1]).toBe(SHARDS * -1.25 * GRID + 2.5 * GRID);
    expect(beta).toEqual({ num: 1n, den: BigInt(SHARDS * GRID) });
  });

  it('is the public model where every shard abstains', () => {
    const sums = PUBLIC.map(() => SHARDS * quantiseClipped(Number.NaN, -1, GRID));
    const { scores } = tokenLaw({ publicScores: PUBLIC, sums, shards: SHARDS, clip: CLIP });
    expect(scores).toEqual(PUBLIC.map(({ score }) => SHARDS * score));
  });

  it('refuses sums that the shards cannot have sent', () => {
    const draw = (sums: number[]) => drawToken({ publicScores: PUBLIC, sums, shards: SHARDS, clip: CLIP });
    expect(() => draw([1, 2, 3])).toThrow(/^sums/);
    expect(() => draw([SHARDS * GRID + 1, 0, 0, 0])).toThrow(/^sums/);
    expect(() => draw([Number.NaN, 0, 0, 0])).toThrow(/^sums/);
    expect(() => draw([0.5, 0, 0, 0])).toThrow(/^sums/);
  });
});
