/** The probabilities of -radius..radius under exp(-value^2/(2 sigma2)), normalised on that window. */
export function discreteGaussianMasses(sigma2: number, radius: number): number[] {
  const weights = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The law of a sum of two independent integers, each on a window around 0. */
export function convolve(p: readonly number[], q: readonly number[]): number[] {
  const sum = new Array<number>(p.length + q.length - 1).fill(0);
  for (const [i, a] of p.entries()) for (const [j, b] of q.entries()) sum[i + j]! += a * b;
  return sum;
}
