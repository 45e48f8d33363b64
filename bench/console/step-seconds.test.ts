import { expect, it } from 'vitest';
import { stepSeconds } from './step-seconds.ts';

it('finds the time of a step, and does not take silence for no time', () => {
  const said = ['Postgres ready (1.2 s)', 'Reset of nothing', 'Demo data ready (24.1 s)'];
  expect(stepSeconds(said, 'Demo data ready')).toBe(24.1);
  expect(() => stepSeconds(said, 'Reset')).toThrow('Reset');
});
