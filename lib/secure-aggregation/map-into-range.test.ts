import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mapIntoRange, sumVectors } from './map-into-range.ts';

const MODULUS = 2 ** 32;
const u32 = fc.integer({ min: 0, max: MODULUS - 1 });
const top = fc.integer({ min: 1, max: 10_000 });

test('honest values stay, every other value lands in range', () => {
  fc.assert(
    fc.property(u32, top, (value, limit) => {
      const mapped = mapIntoRange(value, limit);
      expect(mapped).toBeGreaterThanOrEqual(0);
      expect(mapped).toBeLessThanOrEqual(limit);
      if (value <= limit) expect(mapped).toBe(value);
    }),
  );
});

test('one vote more or less before the map is at most one after it, round the whole circle', () => {
  const edges = fc.constantFrom(
    0,
    1,
    99,
    100,
    101,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 31 + 1,
    2 ** 31 + 100,
    MODULUS - 1,
  );
  fc.assert(
    fc.property(fc.oneof(u32, edges), top, (value, limit) => {
      const next = (value + 1) % MODULUS;
      expect(Math.abs(mapIntoRange(value, limit) - mapIntoRange(next, limit))).toBeLessThanOrEqual(1);
    }),
    { numRuns: 2_000 },
  );
});

test('a hospital that adds 2^31 - 100 cannot make one patient of another decide', () => {
  const before = mapIntoRange((2 ** 31 - 100 + 150) % MODULUS, 192);
  const after = mapIntoRange((2 ** 31 - 100 + 151) % MODULUS, 192);
  expect(Math.abs(before - after)).toBeLessThanOrEqual(1);
});

test('sums are modulo 2^32, and a vector of another length is refused', () => {
  const sum = sumVectors([Uint32Array.from([MODULUS - 1, 3]), Uint32Array.from([2, 4])], 2);
  expect([...sum]).toEqual([1, 7]);
  expect(() => sumVectors([new Uint32Array(3)], 2)).toThrow(RangeError);
  expect(() => mapIntoRange(-1, 5)).toThrow(RangeError);
  expect(() => mapIntoRange(MODULUS, 5)).toThrow(RangeError);
});
