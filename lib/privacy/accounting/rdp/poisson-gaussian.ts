/**
 * The Renyi divergence of order alpha of the Poisson-subsampled Gaussian under add/remove adjacency: the divergence of
 * (1-q) N(0, sigma^2) + q N(1, sigma^2) from N(0, sigma^2), which is the larger of the two directions (Mironov, Talwar,
 * Zhang, arXiv 1908.10530, theorem 5). **Invalid under replace adjacency**, where neither side is N(0, sigma^2).
 */
export function poissonGaussianRdp(q: number, sigma: number, alpha: number): number {
  if (q === 1) return alpha / (2 * sigma * sigma);
  const logMoment = Number.isInteger(alpha)
    ? integerLogMoment(q, sigma, alpha)
    : realLogMoment(q, sigma, alpha);
  return Math.max(0, logMoment) / (alpha - 1);
}

/** ln sum_k C(alpha, k) (1-q)^(alpha-k) q^k e^((k^2-k)/(2 sigma^2)): section 3.3 there, all terms positive. */
function integerLogMoment(q: number, sigma: number, alpha: number): number {
  let logBinomial = 0;
  const terms: number[] = [];
  for (let k = 0; k <= alpha; k += 1) {
    terms.push(
      logBinomial + (alpha - k) * Math.log1p(-q) + k * Math.log(q) + (k * k - k) / (2 * sigma * sigma),
    );
    logBinomial += Math.log((alpha - k) / (k + 1));
  }
  return logSumExp(terms);
}

/**
 * ln E over x ~ N(0, sigma^2) of (1 - q + q e^((2x-1)/(2 sigma^2)))^alpha by the trapezoidal rule, which converges
 * geometrically for integrands analytic in a strip (Trefethen, Weideman 2014). The nearest branch point is pi sigma^2
 * off the real line, so a step of sigma^2/2 errs by e^(-4 pi^2) of the value. The published series for real orders does
 * not converge for large q.
 */
function realLogMoment(q: number, sigma: number, alpha: number): number {
  const step = Math.min(sigma / 8, (sigma * sigma) / 2);
  const last = Math.ceil((alpha + 12 * sigma) / step);
  const terms: number[] = [];
  for (let i = -Math.ceil((12 * sigma) / step); i <= last; i += 1) {
    const x = i * step;
    const shift = (2 * x - 1) / (2 * sigma * sigma);
    // ln(1 - q + q e^shift), from the larger side so that e^shift does not overflow.
    const logRatio =
      shift > 0 ? shift + Math.log(q + (1 - q) * Math.exp(-shift)) : Math.log1p(q * Math.expm1(shift));
    terms.push(alpha * logRatio - (x * x) / (2 * sigma * sigma));
  }
  return logSumExp(terms) + Math.log(step / (sigma * Math.sqrt(2 * Math.PI)));
}

function logSumExp(terms: readonly number[]): number {
  const top = terms.reduce((max, term) => Math.max(max, term), Number.NEGATIVE_INFINITY);
  return top + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - top), 0));
}
