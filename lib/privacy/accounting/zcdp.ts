import { rhoPicoToNumber } from '../pico-rho.ts';

/** Below this order the conversion's own terms lose precision (Canonne, Kamath, Steinke use the same floor). */
const MIN_ALPHA = 1.01;

/**
 * The smallest epsilon for which rho-zCDP implies (epsilon, delta)-DP by
 * epsilon = min over alpha > 1.01 of rho alpha + ln(1 - 1/alpha) - ln(alpha delta)/(alpha - 1)
 * (Canonne, Kamath, Steinke, arXiv 2004.00010, with Renyi divergence alpha rho at every order).
 * Every alpha gives a valid epsilon, so an imperfect minimiser can only overstate it.
 * @throws RangeError when rhoPico is negative or delta is not inside (0, 1).
 */
export function epsilonFromRho(rhoPico: bigint, delta: number): number {
  if (rhoPico < 0n) throw new RangeError('rhoPico must not be negative');
  requireDelta(delta);
  if (rhoPico === 0n) return 0;
  const rho = rhoPicoToNumber(rhoPico);
  const alpha = bestAlpha(rho, delta);
  const epsilon = rho * alpha + Math.log1p(-1 / alpha) - Math.log(alpha * delta) / (alpha - 1);
  return Math.max(0, epsilon);
}

/**
 * The largest cost whose conversion stays within epsilon: the returned rho, in pico-rho and rounded down, satisfies
 * `epsilonFromRho(result, delta) <= epsilon`. It is 0 when even one pico-rho is worth more than epsilon.
 * @throws RangeError when epsilon is not positive and finite, or delta is not inside (0, 1).
 */
export function rhoFromEpsilon(epsilon: number, delta: number): bigint {
  requireEpsilon(epsilon);
  requireDelta(delta);
  let within = 0n;
  let beyond = 1n;
  while (epsilonFromRho(beyond, delta) <= epsilon) {
    within = beyond;
    beyond *= 2n;
  }
  while (beyond - within > 1n) {
    const middle = (within + beyond) / 2n;
    if (epsilonFromRho(middle, delta) <= epsilon) within = middle;
    else beyond = middle;
  }
  return within;
}

/** The bound's derivative in alpha is rho + ln(alpha delta)/(alpha - 1)^2: negative, then positive, one root. */
function bestAlpha(rho: number, delta: number): number {
  let falling = MIN_ALPHA;
  let rising = Math.max(MIN_ALPHA, 1 + Math.sqrt(-Math.log(delta) / rho));
  for (;;) {
    const middle = (falling + rising) / 2;
    if (middle <= falling || middle >= rising) return rising;
    if (rho * (middle - 1) ** 2 < -Math.log(middle * delta)) falling = middle;
    else rising = middle;
  }
}

function requireEpsilon(epsilon: number): void {
  if (!(epsilon > 0) || epsilon === Number.POSITIVE_INFINITY) {
    throw new RangeError('epsilon must be a positive, finite number');
  }
}

function requireDelta(delta: number): void {
  if (!(delta > 0 && delta < 1))
    throw new RangeError('delta must be a number between 0 and 1, both excluded');
}
