import { ExhaustedError } from '#lib/errors';

/** Checking a password is made slow on purpose: this is what one process will spend on it, whoever asks. */
const MOST_AT_ONCE = 60;
const A_SECOND = 10;

/** A bucket of attempts that fills again with time. Throws ExhaustedError when it is empty. */
export function signInPace(now: () => number = Date.now): () => void {
  let left = MOST_AT_ONCE;
  let lastMs = now();
  return () => {
    const nowMs = now();
    left = Math.min(MOST_AT_ONCE, left + ((nowMs - lastMs) / 1000) * A_SECOND);
    lastMs = nowMs;
    if (left < 1) {
      throw new ExhaustedError('Too many people are signing in at once. Wait a moment.', {
        code: 'too_many_attempts',
        extra: { retryAfterMs: Math.ceil(((1 - left) / A_SECOND) * 1000) },
      });
    }
    left -= 1;
  };
}
