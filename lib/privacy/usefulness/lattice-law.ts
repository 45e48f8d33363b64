/** Further out a tail is below 1e-18, less than a sum near 1 can hold. */
const RADIUS_IN_SIGMAS = 9;
/** Wider laws are taken on every step-th integer only: the chances shown differ by parts in 10^6 then. */
const MAX_POINTS_PER_SIGMA = 2 ** 7;

/** A discrete Gaussian as numbers: for judging what an answer would be worth, never for a draw. */
export type LatticeLaw = {
  /** The masses of -radius..radius, in units of `step`. */
  masses: Float64Array;
  radius: number;
  step: number;
  /** P(N < i) for i from -radius to radius + 1, at index i + radius. */
  below: Float64Array;
};

/**
 * The law of exp(-value^2/(2 variance)). A sum of such laws of variance at least 4 is one of the summed variance up to
 * parts in 10^16 (Kairouz, Liu, Steinke, arXiv 2102.06387), so it stands for a sum of noise shares too.
 */
export function latticeLaw(variance: number, pointsPerSigma = MAX_POINTS_PER_SIGMA): LatticeLaw {
  const sigma = Math.sqrt(variance);
  const step = Math.max(1, Math.ceil(sigma / pointsPerSigma));
  const radius = Math.ceil((RADIUS_IN_SIGMAS * sigma) / step);
  const masses = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-(((i - radius) * step) ** 2) / (2 * variance)),
  );
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const below = new Float64Array(masses.length + 1);
  for (let i = 0; i < masses.length; i += 1) {
    masses[i]! /= total;
    below[i + 1] = below[i]! + masses[i]!;
  }
  return { masses, radius, step, below };
}

/** P(N < i), for any integer i in units of the step. */
export function probabilityBelow({ below, radius }: LatticeLaw, i: number): number {
  return below[Math.max(0, Math.min(below.length - 1, i + radius))]!;
}

/** P(N = i), for any integer i in units of the step. */
export function probabilityAt({ masses, radius }: LatticeLaw, i: number): number {
  return masses[i + radius] ?? 0;
}

/** f at a value between two integers: of the mixture of both whose mean it is. Keeps what is monotone monotone. */
export function betweenIntegers(value: number, f: (integer: number) => number): number {
  // 100 * (0.7 - 0.1) is a hair under 60.
  const near = Math.round(value);
  if (Math.abs(value - near) < 1e-9) return f(near);
  const low = Math.floor(value);
  return (low + 1 - value) * f(low) + (value - low) * f(low + 1);
}
