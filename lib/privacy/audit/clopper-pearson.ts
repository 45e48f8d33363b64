import { regularisedBeta } from './special-functions.ts';

/**
 * Exact bounds of a binomial probability: each of `lower` and `upper` is wrong with probability at most `error`
 * (Clopper, Pearson 1934).
 * @throws RangeError when `successes` is not an integer within [0, trials] or `error` not inside (0, 1).
 */
export function clopperPearson(
  successes: number,
  trials: number,
  error: number,
): { lower: number; upper: number } {
  if (!Number.isSafeInteger(successes) || successes < 0 || !(successes <= trials)) {
    throw new RangeError('successes must be an integer between 0 and trials');
  }
  if (!(error > 0 && error < 1)) throw new RangeError('error must be between 0 and 1, both excluded');
  const failures = trials - successes;
  return {
    lower: successes === 0 ? 0 : betaQuantile(error, successes, failures + 1),
    upper: failures === 0 ? 1 : betaQuantile(1 - error, successes + 1, failures),
  };
}

function betaQuantile(probability: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (regularisedBeta(middle, a, b) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
