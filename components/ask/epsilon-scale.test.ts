import { expect, it } from 'vitest';
import { epsilonAt, SCALE_STEPS, stepOf } from './epsilon-scale.ts';

it.each([0.05, 1, 2, 20])('runs up to the most that is allowed, %d, and never beyond', (max) => {
  const scale = Array.from({ length: SCALE_STEPS + 1 }, (_, step) => epsilonAt(step, max));
  expect(scale.at(-1)).toBe(max);
  expect(scale.every((epsilon, step) => epsilon > 0 && epsilon >= (scale[step - 1] ?? 0))).toBe(true);
});

it('finds the step of an epsilon again, to two digits', () => {
  for (const epsilon of [0.01, 0.1, 0.25, 0.5, 1]) {
    expect(Math.abs(epsilonAt(stepOf(epsilon, 1), 1) / epsilon - 1)).toBeLessThan(0.05);
  }
  expect(stepOf(Number.NaN, 1)).toBe(0);
  expect(stepOf(50, 1)).toBe(SCALE_STEPS);
});
