import { describe, expect, it } from 'vitest';
import { chargeOf, isOutcomeKnown } from './outcome.ts';

describe('an outcome', () => {
  it.each([
    [400, 'invalid_labels'],
    [403, 'purpose_refused'],
    [409, 'idempotency_conflict'],
    [410, 'idempotency_key_expired'],
    [422, 'epsilon_not_useful'],
    [429, 'privacy_budget_exhausted'],
    [503, 'round_failed'],
    [503, 'cohort_too_small'],
    [403, 'conditions_unmet'],
  ])('is known after %d %s', (status, code) => {
    expect(isOutcomeKnown({ status, code })).toBe(true);
  });

  it.each([
    [0, 'outcome_unknown'],
    [401, 'unauthenticated'],
    [401, 'invalid_token'],
    [401, 'session_ended'],
    [403, 'forbidden'],
    [403, 'cross_site_request'],
    [409, 'request_in_progress'],
    [429, 'too_many_requests'],
    [500, 'internal_error'],
    [503, 'router_unreachable'],
    [503, 'stopping'],
  ])('is open after %d %s, for an earlier attempt may have been charged', (status, code) => {
    expect(isOutcomeKnown({ status, code })).toBe(false);
  });
});

describe('the charge', () => {
  it.each([
    ['yes', { status: 503, code: 'round_failed', charged: true }, false],
    ['no', { status: 503, code: 'round_failed', charged: false }, true],
    ['unknown', { status: 503, code: 'round_failed' }, false],
    ['no', { status: 429, code: 'privacy_budget_exhausted' }, true],
    ['no', { status: 422, code: 'epsilon_not_useful' }, true],
    ['no', { status: 401, code: 'session_ended' }, false],
    ['no_more', { status: 401, code: 'session_ended' }, true],
    ['no', { status: 503, code: 'stopping', charged: false }, false],
    ['no_more', { status: 503, code: 'stopping', charged: false }, true],
    ['no', { status: 503, code: 'router_unreachable' }, false],
    ['no_more', { status: 503, code: 'router_unreachable' }, true],
    ['no_more', { status: 409, code: 'idempotency_conflict' }, false],
    ['no_more', { status: 410, code: 'idempotency_key_expired' }, false],
    ['unknown', { status: 409, code: 'request_in_progress' }, true],
    ['unknown', { status: 0, code: 'outcome_unknown' }, false],
    ['unknown', { status: 500, code: 'internal_error' }, false],
  ] as const)('is %s after %j (retry: %s)', (charge, refusal, retry) => {
    expect(chargeOf(refusal, retry)).toBe(charge);
  });
});
