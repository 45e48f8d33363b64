/** Below this range the exact forms lose their digits to cancellation, and the leading terms are exact to all of them. */
const SMALL_RANGE = 1e-3;

/**
 * The usual Renyi bound of an exponential mechanism of range eta: min(eta, xi + eta^2 alpha/8) with
 * xi = eta/(e^eta - 1) - 1 - ln(eta/(e^eta - 1)) - eta^2/8 (Cesar, Rogers, arXiv 2004.07223, section 3). xi <= 0.
 */
export function exponentialMechanismRdp(eta: number, alpha: number): number {
  const linear = (eta * eta * alpha) / 8;
  if (eta < SMALL_RANGE) return Math.min(eta, linear);
  const ratio = eta / Math.expm1(eta);
  const xi = ratio - 1 - Math.log(ratio) - (eta * eta) / 8;
  return Math.min(eta, xi + linear);
}

/**
 * The largest Renyi divergence of order alpha that any mechanism of bounded range eta can have: over the two-point pairs
 * of losses t and t - eta the worst is t* = ln[(a-1)(1 - e^(-a eta)) / (a (e^(-eta) - e^(-a eta)))], at which it is
 * t* + ln[(1 - e^(-a eta)) / (a (1 - e^(-eta)))]/(a - 1). Each step of an adaptive composition is bounded by it given
 * the past, so the divergences add.
 */
export function boundedRangeRdp(eta: number, alpha: number): number {
  const bound = exponentialMechanismRdp(eta, alpha);
  if (eta < SMALL_RANGE || alpha - 1 < SMALL_RANGE) return bound;
  const all = -Math.expm1(-alpha * eta);
  // e^(-eta) - e^(-a eta) = e^(-eta) (1 - e^(-(a-1) eta))
  const worst = Math.log(((alpha - 1) * all) / (alpha * -Math.expm1(-(alpha - 1) * eta))) + eta;
  const tight = worst + Math.log(all / (alpha * -Math.expm1(-eta))) / (alpha - 1);
  return Math.min(bound, tight);
}
