/**
 * The Renyi divergence D_alpha(P || Q) of two distributions on the same outcomes; alpha = 1 is Kullback-Leibler,
 * Infinity the largest log-ratio. Infinity when P has an outcome that Q has not.
 */
export function renyiDivergence(p: readonly number[], q: readonly number[], alpha: number): number {
  const logRatios = p.map((mass, i) => (mass === 0 ? Number.NEGATIVE_INFINITY : Math.log(mass / q[i]!)));
  if (alpha === Number.POSITIVE_INFINITY) return Math.max(...logRatios);
  if (alpha === 1) return p.reduce((sum, mass, i) => (mass === 0 ? sum : sum + mass * logRatios[i]!), 0);
  // The largest exponent is taken out, so that high orders do not overflow.
  const exponents = p.map((mass, i) =>
    mass === 0 ? Number.NEGATIVE_INFINITY : Math.log(mass) + (alpha - 1) * logRatios[i]!,
  );
  const top = Math.max(...exponents);
  if (top === Number.POSITIVE_INFINITY) return top;
  const sum = exponents.reduce((total, exponent) => total + Math.exp(exponent - top), 0);
  return (top + Math.log(sum)) / (alpha - 1);
}
