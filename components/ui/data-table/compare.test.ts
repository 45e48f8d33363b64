import { expect, it } from 'vitest';
import { compare } from './compare.ts';

it('orders texts as people do, numbers and times by size', () => {
  expect(['Ward 10', 'ward 2', 'Älp', 'Zoo'].toSorted(compare)).toEqual(['Älp', 'ward 2', 'Ward 10', 'Zoo']);
  expect([10n, 9n, 100n].toSorted(compare)).toEqual([9n, 10n, 100n]);
  const times = [new Date(2), new Date(1)];
  expect(times.toSorted(compare)).toEqual([new Date(1), new Date(2)]);
  expect(compare(new Date(5), new Date(5))).toBe(0);
});
