import { expect, test } from 'vitest';
import { protectionOf } from './protection.ts';

const alike = (nodes: number, availability: number) => Array.from({ length: nodes }, () => availability);

test('a cohort that answers nine times of ten needs all of its members; a larger one may lose some', () => {
  expect(protectionOf(alike(9, 0.99), 1)).toEqual({
    nodes: 9,
    masking: 'all-or-nothing',
    maxCollude: 1,
    maxDropouts: 0,
  });
  expect(protectionOf(alike(20, 0.99), 1)).toMatchObject({ masking: 'survives-dropouts', maxDropouts: 2 });
  expect(protectionOf(alike(9, 0.9), 1)).toMatchObject({ masking: 'survives-dropouts', maxDropouts: 2 });
});

test('three hospitals have nobody to lose, and many in league leave nothing to lose either', () => {
  expect(protectionOf(alike(3, 0.5), 1)).toMatchObject({ masking: 'all-or-nothing', maxDropouts: 0 });
  expect(protectionOf(alike(9, 0.5), 5)).toMatchObject({ masking: 'all-or-nothing', maxDropouts: 0 });
});
