import type { Question } from './question.ts';

export type QuestionKey = { fingerprint: string; key: string };

/**
 * The idempotency key to send a question with. An unchanged question keeps the key of `previous`, so that a double
 * click or a retry after a lost connection is not charged twice; any edit makes it another question. The caller drops
 * `previous` once the outcome is known.
 */
export function keyFor(previous: QuestionKey | null, question: Question, newKey: () => string): QuestionKey {
  const fingerprint = JSON.stringify(question);
  return previous?.fingerprint === fingerprint ? previous : { fingerprint, key: newKey() };
}

/** A fresh key: 128 random bits. Works in pages without a secure context, where randomUUID is missing. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const OPEN_OUTCOMES = [
  'outcome_unknown',
  'router_unreachable',
  'request_in_progress',
  'internal_error',
  'unauthenticated',
  'session_ended',
];

/**
 * Whether a refusal settles what became of a question. While it does not, the key must be kept: the first attempt may
 * have been charged, and sending the same key again returns its outcome.
 */
export function isOutcomeKnown(code: string): boolean {
  return !OPEN_OUTCOMES.includes(code);
}
