import { expect, test } from 'vitest';
import { maskingOf } from './request-masking.ts';

test('is read from what the reservation keeps, and left out where it keeps nothing of the kind', () => {
  const known = { mode: 'gaussian', masking: 'survives-dropouts', maxCollude: 1, cohort: [] };
  expect(maskingOf(known)).toEqual({ masking: 'survives-dropouts', maxCollude: 1 });
  for (const json of [{ masking: 'none', maxCollude: -1 }, {}, null, 'text'])
    expect(maskingOf(json)).toEqual({ masking: null, maxCollude: null });
});
