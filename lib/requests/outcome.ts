/** A refusal of the router or of the console before it, as far as it says what became of a question. */
export type Refusal = { status: number; code: string; charged?: boolean | undefined };

/** What is known about the charge of a question that got no answer. `no_more`: this attempt cost nothing, an earlier one may have. */
export type Charge = 'yes' | 'no' | 'no_more' | 'unknown';

/** Faults of the body itself: the same body had them the first time. */
const BODY_FAULTS = [400, 404, 413, 415, 422];

/** Said by the router after it looked for an earlier use of the key: there was none, or this is how it ended. */
const SETTLED = [
  'round_failed',
  'public_model_unavailable',
  'privacy_budget_exhausted',
  'cohort_too_small',
  'conditions_unmet',
  'purpose_refused',
  'residency_refused',
];

/** An earlier use of the key has ended, with another body or too long ago for its answer to be kept. */
const KEY_IS_SPENT = ['idempotency_conflict', 'idempotency_key_expired'];

/**
 * Whether a refusal settles what became of a question. While it does not, its key must be kept: an earlier attempt may
 * have been charged, and sending the same key again returns its outcome. Being signed out, or turned away at the door
 * for any other reason, says nothing about earlier attempts.
 */
export function isOutcomeKnown({ status, code }: Refusal): boolean {
  return BODY_FAULTS.includes(status) || SETTLED.includes(code) || KEY_IS_SPENT.includes(code);
}

/** What to say about the charge. `retry`: an earlier attempt with the same key had no known outcome. */
export function chargeOf(refusal: Refusal, retry: boolean): Charge {
  const { status, code, charged } = refusal;
  if (charged) return 'yes';
  if (KEY_IS_SPENT.includes(code)) return 'no_more';
  if (code === 'request_in_progress' || (code === 'round_failed' && charged === undefined)) return 'unknown';
  if (isOutcomeKnown(refusal)) return 'no';
  const turnedAway = charged === false || (status > 0 && status < 500) || code === 'router_unreachable';
  if (!turnedAway) return 'unknown';
  return retry ? 'no_more' : 'no';
}
