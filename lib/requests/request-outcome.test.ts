import { expect, it } from 'vitest';
import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import { boundOf } from './request-bound.ts';
import { outcomeOf } from './request-outcome.ts';

const RHO = 433_000_000n;
const epsilon = { toNumber: () => 0.1 };
const delta = '0.00001';

it.each([
  ['answered', { state: 'answered', rhoPico: RHO, chargedRhoPico: RHO }, 0.1],
  ['answered', { state: 'answered', rhoPico: RHO, chargedRhoPico: 1000n }, 0.1],
  ['answered_free', { state: 'answered', rhoPico: 0n, chargedRhoPico: 0n }, null],
  ['answered_free', { state: 'answered', rhoPico: RHO, chargedRhoPico: 0n }, null],
  ['reserved', { state: 'reserved', rhoPico: RHO, chargedRhoPico: 0n }, 0.1],
  ['reserved_free', { state: 'reserved', rhoPico: 0n, chargedRhoPico: 0n }, null],
  ['failed', { state: 'failed', rhoPico: RHO, chargedRhoPico: RHO }, 0.1],
  ['failed_free', { state: 'failed', rhoPico: RHO, chargedRhoPico: 0n }, null],
  ['refused', { state: 'refused', rhoPico: 0n, chargedRhoPico: 0n }, null],
] as const)('is %s with the bound it has', (outcome, row, bound) => {
  expect(outcomeOf(row)).toBe(outcome);
  expect(boundOf({ ...row, mechanism: 'vote', epsilon, delta })).toBe(bound);
});

it('is bounded by what was reserved for a short answer, however early it ended', () => {
  const row = { mechanism: 'short-answer', rhoPico: 3_472_222_272n, epsilon: { toNumber: () => 0.5 }, delta };
  const bound = epsilonFromRho(row.rhoPico, 1e-5);
  expect(bound).toBeCloseTo(0.308, 3);
  expect(boundOf({ ...row, state: 'answered', chargedRhoPico: row.rhoPico })).toBe(bound);
  expect(boundOf({ ...row, state: 'answered', chargedRhoPico: 1000n })).toBe(bound);
  expect(boundOf({ ...row, state: 'reserved', chargedRhoPico: 0n })).toBe(bound);
});
