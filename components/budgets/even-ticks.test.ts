import { expect, it } from 'vitest';
import { evenTicks } from './even-ticks.ts';

it.each([
  [1.783, [0, 0.5, 1, 1.5], 1],
  [0.000433, [0, 0.0001, 0.0002, 0.0003, 0.0004], 4],
  [20.3, [0, 5, 10, 15, 20], 0],
  [5, [0, 1, 2, 3, 4, 5], 0],
  [0.3, [0, 0.1, 0.2, 0.3], 1],
  [45, [0, 10, 20, 30, 40], 0],
])('are even up to %d', (max, values, decimals) => {
  expect(evenTicks(max)).toEqual({ values, decimals });
});
