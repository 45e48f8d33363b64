/**
 * The Renyi divergence of order alpha of the Poisson-subsampled Gaussian under add/remove adjacency: the divergence of
 * (1-q) N(0, sigma^2) + q N(1, sigma^2) from N(0, sigma^2), which is the larger of the two directions (Mironov, Talwar,
 * Zhang, arXiv 1908.10530, theorem 5). **Invalid under replace adjacency**, where neither side is N(0, sigma^2).
 */
export function poissonGaussianRdp(q: number, sigma: number, alpha: number): number {
  if (q === 1) return alpha / (2 * sigma * sigma);
  return Math.max(0, logMoment(q, sigma, alpha)) / (alpha - 1);
}

/** From this order on a real one is taken between the whole ones around it: an integral would need ever more points. */
const INTERPOLATED = 64;

/** ln E (dP/dQ)^alpha is convex in alpha (it is a cumulant generating function), so a chord is never below it. */
function logMoment(q: number, sigma: number, alpha: number): number {
  if (Number.isInteger(alpha)) return integerLogMoment(q, sigma, alpha);
  if (alpha < INTERPOLATED) return realLogMoment(q, sigma, alpha);
  const below = Math.floor(alpha);
  const share = alpha - below;
  return (1 - share) * integerLogMoment(q, sigma, below) + share * integerLogMoment(q, sigma, below + 1);
}

/** ln sum_k C(alpha, k) (1-q)^(alpha-k) q^k e^((k^2-k)/(2 sigma^2)): section 3.3 there, all terms positive. */
function integerLogMoment(q: number, sigma: number, alpha: number): number {
  let logBinomial = 0;
  const sum = logSum();
  const logOut = Math.log1p(-q);
  const logIn = Math.log(q);
  for (let k = 0; k <= alpha; k += 1) {
    sum.add(logBinomial + (alpha - k) * logOut + k * logIn + (k * k - k) / (2 * sigma * sigma));
    logBinomial += Math.log((alpha - k) / (k + 1));
  }
  return sum.value();
}

/**
 * ln E over x ~ N(0, sigma^2) of (1 - q + q e^((2x-1)/(2 sigma^2)))^alpha by the trapezoidal rule, which converges
 * geometrically for integrands analytic in a strip (Trefethen, Weideman 2014). The nearest branch point is pi sigma^2
 * off the real line, so a step of sigma^2/2 errs by e^(-4 pi^2) of the value. The published series for real orders does
 * not converge for large q.
 */
function realLogMoment(q: number, sigma: number, alpha: number): number {
  const step = integralStep(sigma);
  const last = Math.ceil((alpha + 12 * sigma) / step);
  const sum = logSum();
  for (let i = -Math.ceil((12 * sigma) / step); i <= last; i += 1) {
    const x = i * step;
    const shift = (2 * x - 1) / (2 * sigma * sigma);
    // ln(1 - q + q e^shift), from the larger side so that e^shift does not overflow.
    const logRatio =
      shift > 0 ? shift + Math.log(q + (1 - q) * Math.exp(-shift)) : Math.log1p(q * Math.expm1(shift));
    sum.add(alpha * logRatio - (x * x) / (2 * sigma * sigma));
  }
  return sum.value() + Math.log(step / (sigma * Math.sqrt(2 * Math.PI)));
}

function integralStep(sigma: number): number {
  return Math.min(sigma / 8, (sigma * sigma) / 2);
}

/** How many terms the divergence at this order sums up, for a limit on what a file may ask for. */
export function poissonGaussianTerms(sigma: number, alpha: number): number {
  if (Number.isInteger(alpha)) return alpha;
  return alpha < INTERPOLATED ? (alpha + 24 * sigma) / integralStep(sigma) : 2 * alpha;
}

/** ln of a sum of e^term, term by term: the largest so far is taken out, and nothing is kept. */
function logSum(): { add(term: number): void; value(): number } {
  let top = Number.NEGATIVE_INFINITY;
  let sum = 0;
  return {
    add(term) {
      if (term > top) {
        sum = sum * Math.exp(top - term) + 1;
        top = term;
      } else sum += Math.exp(term - top);
    },
    value: () => top + Math.log(sum),
  };
}
