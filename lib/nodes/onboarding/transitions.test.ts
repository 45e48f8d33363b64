import { expect, it } from 'vitest';
import { mayMove, NODE_STATES, statesBefore, TRANSITIONS } from './transitions.ts';

it('lets a node into cohorts only after it was certified, and never back from a revocation', () => {
  expect(statesBefore('admitted')).toEqual(['certified', 'draining', 'suspended']);
  expect(statesBefore('certified')).toEqual(['pending']);
  expect(TRANSITIONS.revoked).toEqual([]);
});

it('can revoke whatever is not revoked', () => {
  for (const state of NODE_STATES) expect(mayMove(state, 'revoked')).toBe(state !== 'revoked');
});
