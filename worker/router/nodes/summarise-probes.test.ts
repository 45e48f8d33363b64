import { expect, it } from 'vitest';
import { summarise } from './summarise-probes.ts';

it.each([
  [[], { probes: 0, lost: 0, medianMs: null, slowestMs: null }],
  [[null, null], { probes: 2, lost: 2, medianMs: null, slowestMs: null }],
  [[7], { probes: 1, lost: 0, medianMs: 7, slowestMs: 7 }],
  [[9, null, 1, 4], { probes: 4, lost: 1, medianMs: 4, slowestMs: 9 }],
  [[8, 2, 4, 100], { probes: 4, lost: 0, medianMs: 6, slowestMs: 100 }],
])('%j', (outcomes, figures) => {
  expect(summarise(outcomes)).toEqual(figures);
});
