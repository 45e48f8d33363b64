import type { BasePair } from './mixture-pair.ts';

/** Standard deviations kept: beyond lies 7.6e-24 of a normal distribution on each side. */
export const KEPT_DEVIATIONS = 10;
export const BEYOND_KEPT = 1e-23;

/** N(1, sigma^2) against N(0, sigma^2). */
export function gaussianBase(sigma: number): BasePair {
  const variance = sigma * sigma;
  const logScale = -Math.log(sigma * Math.sqrt(2 * Math.PI));
  return {
    logDensity: (x) => logScale - (x * x) / (2 * variance),
    logRatio: (x) => (2 * x - 1) / (2 * variance),
    outcome: (logRatio) => logRatio * variance + 0.5,
    from: -KEPT_DEVIATIONS * sigma,
    to: 1 + KEPT_DEVIATIONS * sigma,
    step: 0.05 * sigma,
    mixedStep: Math.min(0.05 * sigma, 0.25 * variance),
    atoms: [],
    leftOut: BEYOND_KEPT,
  };
}

/** Laplace noise of scale b around 1 against around 0: outside (0, 1) the ratio is constant. */
export function laplaceBase(b: number): BasePair {
  return {
    logDensity: (x) => -x / b - Math.log(2 * b),
    logRatio: (x) => (2 * x - 1) / b,
    outcome: (logRatio) => (logRatio * b + 1) / 2,
    from: 0,
    to: 1,
    step: Math.min(0.05, 0.05 * b),
    mixedStep: Math.min(0.05, 0.05 * b),
    atoms: [
      { logRatio: -1 / b, mass: 0.5 },
      { logRatio: 1 / b, mass: Math.exp(-1 / b) / 2 },
    ],
    leftOut: 0,
  };
}
