import { expect, it } from 'vitest';
import { rhoFromEpsilon } from '#lib/privacy/accounting/zcdp';
import { capEpsilonSchema, MAX_EPSILON, MIN_EPSILON } from './schemas.ts';

it('takes no cap that reads as none, and none that promises nothing', () => {
  const takes = (epsilon: unknown) => capEpsilonSchema.safeParse(epsilon).success;
  for (const epsilon of [1e-300, 0.0009, 0, -1, 1e30, Number.NaN, Number.POSITIVE_INFINITY, '1'])
    expect(takes(epsilon), String(epsilon)).toBe(false);
  for (const epsilon of [MIN_EPSILON, 0.1, MAX_EPSILON]) expect(takes(epsilon)).toBe(true);
  expect(rhoFromEpsilon(MIN_EPSILON, 0.00001)).toBeGreaterThan(0n);
});
