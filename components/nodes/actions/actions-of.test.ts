import { expect, it } from 'vitest';
import { NODE_STATES, TRANSITIONS } from '#lib/nodes/onboarding/transitions';
import { actionsOf } from './actions-of.ts';

const MAY = { invite: true, change: true, admit: false };
const offered = (may = MAY) =>
  Object.fromEntries(
    NODE_STATES.map((state) => [state, actionsOf({ state, next: TRANSITIONS[state], may })]),
  );

it('each state offers what its verbs take, and a revoked node nothing', () => {
  expect(offered()).toEqual({
    invited: ['withdraw'],
    pending: ['withdraw'],
    certified: ['suspend', 'rekey', 'revoke'],
    admitted: ['drain', 'suspend', 'rekey', 'revoke'],
    draining: ['suspend', 'rekey', 'revoke'],
    suspended: ['revoke'],
    revoked: [],
  });
});

it('who may change nothing is offered nothing', () => {
  expect(Object.values(offered({ invite: false, change: false, admit: true })).flat()).toEqual([]);
});
