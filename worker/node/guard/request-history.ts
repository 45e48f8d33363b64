import { canonicalJson } from '#lib/crypto/canonical-json';
import type { RoundHeader } from '#lib/nodes/round-header';
import { type Refusal, refusal } from './refusal.ts';

type Known = { terms: string; position: number; attempt: number; deadlineMs: number };

/** In gaussian mode every attempt has fresh noise and is charged; more than these are refused. */
const MOST_ATTEMPTS = 2;

/** An answer takes a round per token; who pauses longer between two has given it up. */
const FORGET_AFTER_MS = 600_000;

/**
 * What this node has answered of each request since it started. In exact mode a second cohort for the same question
 * would reveal the difference of two sums exactly, so every round of a request has the terms of its first one, a vote
 * has one round, and an answer has one for each token, in order. A gaussian vote may be tried once more.
 */
export class RequestHistory {
  readonly #known = new Map<string, Known>();

  /** @param rounds how many the spend log has of this request: what was answered before a restart counts too. */
  check(header: RoundHeader, rounds: number): Refusal | null {
    if (header.mode === 'gaussian') return this.#checkAttempt(header, rounds);
    if (header.attempt !== 1) return secondAttempt();
    if (rounds === 0) return null;
    const known = this.#known.get(header.requestId);
    if (!known || header.mechanism !== 'short-answer') return secondAttempt();
    if (known.terms !== termsOf(header)) {
      return refusal('terms', 'the request began with another cohort, mechanism or parameters');
    }
    return header.params.position > known.position
      ? null
      : refusal('position', 'the answer is past this token already');
  }

  /** To be called in the same turn as the check, before anything else is let in. */
  note(header: RoundHeader): void {
    const nowMs = Date.now();
    for (const [id, { deadlineMs }] of this.#known) {
      if (deadlineMs + FORGET_AFTER_MS >= nowMs) break;
      this.#known.delete(id);
    }
    const position = header.mechanism === 'short-answer' ? header.params.position : 0;
    // Set anew, so that the map stays in the order of last use.
    this.#known.delete(header.requestId);
    const { attempt, deadlineMs } = header;
    this.#known.set(header.requestId, { terms: termsOf(header), position, attempt, deadlineMs });
  }

  /** A member of the second attempt's cohort need not have been one of the first's. */
  #checkAttempt({ requestId, attempt }: RoundHeader, rounds: number): Refusal | null {
    if (rounds === 0) return null;
    const known = this.#known.get(requestId);
    return rounds < MOST_ATTEMPTS && known && known.terms === GAUSSIAN && attempt > known.attempt
      ? null
      : refusal(
          'attempts',
          `a gaussian round is answered once per attempt, and ${MOST_ATTEMPTS} times at most`,
        );
  }
}

const GAUSSIAN = 'gaussian';

/** Everything that may not change between two rounds of a request. */
function termsOf({ cohort, mechanism, mode, purpose, params }: RoundHeader): string {
  if (mode === 'gaussian') return GAUSSIAN;
  const lasting = 'position' in params ? { ...params, position: 0, K: 0 } : params;
  return canonicalJson({ cohort, mechanism, mode, purpose, params: lasting });
}

function secondAttempt(): Refusal {
  return refusal('second_attempt', 'an exact round is answered once per request');
}
