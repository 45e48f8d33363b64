/** Below this the closed form loses its digits, and a eta^2/8, which is never smaller, is as good. */
const SMALL_RANGE = 1e-3;

/**
 * The largest Renyi divergence of order alpha between two distributions whose log-ratio stays within a range of eta:
 * what one draw of an exponential mechanism can reveal at most, attained (Dong, Durfee, Rogers, arXiv 1909.13830,
 * lemma 2.4 and its corollary). Never above alpha eta^2/8. A float, for reports; charges use the bound.
 * @throws RangeError when eta is negative or not finite, or alpha is not above 1.
 */
export function rangeRenyi(eta: number, alpha: number): number {
  if (!(eta >= 0) || eta === Number.POSITIVE_INFINITY) {
    throw new RangeError('eta must be a finite number of at least 0');
  }
  if (!(alpha > 1)) throw new RangeError('alpha must be above 1');
  if (eta < SMALL_RANGE) return (alpha * eta * eta) / 8;
  // 1 - e^-x is -expm1(-x); e^-eta - e^(-alpha eta) = e^-eta (1 - e^(-(alpha - 1) eta)).
  const whole = -Math.expm1(-alpha * eta);
  const t = eta + Math.log((alpha - 1) / alpha) + Math.log(whole) - Math.log(-Math.expm1(-(alpha - 1) * eta));
  return t + Math.log(whole / (alpha * -Math.expm1(-eta))) / (alpha - 1);
}
