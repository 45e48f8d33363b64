import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ChartSpec, coverage, valueAt } from './chart-data.ts';
import { spreadApart } from './spread-apart.ts';

const spec = (...values: (number | null)[]): ChartSpec => ({
  kind: 'line',
  unit: 'Requests',
  x: { kind: 'category', label: 'Day' },
  series: [{ key: 'a', label: 'A' }],
  points: values.map((a, index) => ({ x: String(index), a })),
});

it('tells nothing known from nothing counted', () => {
  expect(coverage(spec())).toBe('empty');
  expect(coverage(spec(null, null))).toBe('empty');
  expect(coverage(spec(0, 0))).toBe('full');
  expect(coverage(spec(1, null))).toBe('partial');
  expect(valueAt({ x: '1', a: Number.NaN }, 'a')).toBeNull();
  expect(valueAt({ x: '1' }, 'a')).toBeNull();
});

it('asks for no expectation in the past and no measurement in the future', () => {
  const projected = (...points: [number | null, number | null][]): ChartSpec => ({
    ...spec(),
    series: [
      { key: 'a', label: 'A' },
      { key: 'b', label: 'B', dashed: true },
    ],
    points: points.map(([a, b], index) => ({ x: String(index), a, b })),
  });
  expect(coverage(projected([1, null], [2, 2], [null, 3]))).toBe('full');
  expect(coverage(projected([1, null], [null, null], [null, 3]))).toBe('partial');
  expect(coverage(projected([null, 1]))).toBe('full');
});

it('keeps labels apart, in order and in bounds', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { maxLength: 8 }), (places) => {
      const spread = spreadApart(places, 15, 0, 200);
      const order = places.map((_, index) => index).toSorted((a, b) => places[a]! - places[b]!);
      order.slice(1).forEach((index, place) => {
        expect(spread[index]! - spread[order[place]!]!).toBeGreaterThanOrEqual(15 - 1e-9);
      });
      for (const y of spread) expect(y >= -1e-9 && y <= 200 + 1e-9).toBe(true);
    }),
  );
});
