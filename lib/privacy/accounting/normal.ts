const SQRT_2PI = Math.sqrt(2 * Math.PI);
const ROUNDING = 1e-17;
/** Above this the continued fraction converges in fewer terms than the series. */
const SERIES_BELOW = 2;

/** The density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / SQRT_2PI;
}

/** P(N(0, 1) <= x), with full relative precision in the lower tail. */
export function normalCdf(x: number): number {
  return x < 0 ? normalDensity(x) * millsRatio(-x) : 1 - normalDensity(x) * millsRatio(x);
}

/**
 * Mills' ratio P(N(0, 1) > x) / density(x): the tail without its exponential, so that ratios of tails do not underflow.
 * Abramowitz and Stegun 26.2.11 (series) and 26.2.14 (continued fraction, by Lentz). Relative error below 1e-14.
 * It overflows to Infinity below x = -37, where the tail is 1.
 */
export function millsRatio(x: number): number {
  if (x < SERIES_BELOW) return 0.5 / normalDensity(x) - centralSeries(x);
  let c = x;
  let d = 0;
  let fraction = x;
  for (let n = 1; n < 500; n += 1) {
    d = 1 / (x + n * d);
    c = x + n / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return 1 / fraction;
}

/** (cdf(x) - 1/2) / density(x) = x + x^3/3 + x^5/(3*5) + ... */
function centralSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 3; Math.abs(term) > ROUNDING * Math.abs(sum); n += 2) {
    term *= (x * x) / n;
    sum += term;
  }
  return sum;
}
