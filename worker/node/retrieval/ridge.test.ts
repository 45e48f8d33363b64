import { describe, expect, test } from 'vitest';
import { invert } from './postings.ts';
import { fitRidge, ridgeNoise } from './ridge.ts';

const vector = (...pairs: readonly (readonly [number, number])[]) => ({
  ids: Uint16Array.from(pairs, ([id]) => id),
  weights: Float32Array.from(pairs, ([, weight]) => weight),
});
// Of length 1; the first and third are alike, the second shares nothing with the third.
const VECTORS = [vector([1, 0.6], [4, 0.8]), vector([1, 1]), vector([4, 0.8], [9, 0.6]), vector()];

describe('fitRidge', () => {
  test('solves (likeness + noise) x = b', () => {
    const noise = Float64Array.of(0.5, 0.25, 0.125, 1);
    const b = Float64Array.of(1, -2, 3, 0.5);
    const x = Float64Array.from(b);
    fitRidge(invert(VECTORS), noise)(x);
    const likeness = [
      [1, 0.6, 0.64, 0],
      [0.6, 1, 0, 0],
      [0.64, 0, 1, 0],
      [0, 0, 0, 0],
    ];
    likeness.forEach((row, at) => {
      const left = row.reduce((sum, value, column) => sum + value * (x[column] ?? 0), 0);
      expect(left + (noise[at] ?? 0) * (x[at] ?? 0)).toBeCloseTo(b[at] ?? 0, 5);
    });
  });

  test('takes a shard without records, and records that are the same', () => {
    const nothing = new Float64Array(0);
    fitRidge(invert([]), nothing)(nothing);
    const b = Float64Array.of(1, 1);
    fitRidge(invert([vector([7, 1]), vector([7, 1])]), Float64Array.of(0.5, 0.5))(b);
    expect([...b]).toEqual([0.4, 0.4].map((value) => expect.closeTo(value, 6)));
  });
});

test('ridgeNoise grows with the root of how often the label is there, and is the same for all if all are even', () => {
  const [often, , , , seldom] = ridgeNoise(['a', 'a', 'a', 'a', 'b']);
  expect((often ?? 0) / (seldom ?? 1)).toBeCloseTo(2, 6);
  expect(new Set(ridgeNoise(['a', 'b', 'a', 'b'])).size).toBe(1);
  expect(ridgeNoise([])).toHaveLength(0);
});
