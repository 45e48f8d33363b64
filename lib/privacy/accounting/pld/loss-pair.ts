/**
 * A pair of distributions (P, Q) that dominates every pair of neighbours of a mechanism: its hockey-stick curve is never
 * below theirs. It is described by its privacy loss under P alone, for Q's masses are e^(-loss) times P's.
 */
export type LossPair = {
  atoms: readonly { loss: number; mass: number }[];
  smooth: SmoothLoss | null;
  /** P-mass of outcomes that Q cannot have, and of tails left out of `smooth` or `atoms`. */
  infinite: number;
};

/** A part with a density: outcomes x, in which the loss never falls. */
export type SmoothLoss = {
  from: number;
  to: number;
  /** Wider than this the density is no longer a polynomial to all digits. */
  step: number;
  /** P's density at x. */
  density(x: number): number;
  loss(x: number): number;
  /** The x of a loss; anything outside [from, to] stands for "beyond". */
  outcome(loss: number): number;
};

/** Gauss-Legendre: half the distance of the outer nodes, in half-widths. Three points are exact to degree 5, two to 3. */
const THREE = Math.sqrt(0.6);
const TWO = Math.sqrt(1 / 3);
/** Of a step: narrower pieces need only two points. */
const NARROW = 0.25;

/** Calls `add(loss, mass)` for a quadrature of the smooth part between two outcomes. */
export function integrate(
  smooth: SmoothLoss,
  from: number,
  to: number,
  add: (loss: number, mass: number) => void,
): void {
  const isNarrow = to - from < NARROW * smooth.step;
  const pieces = Math.ceil((to - from) / smooth.step);
  const half = (to - from) / pieces / 2;
  const node = half * (isNarrow ? TWO : THREE);
  const weight = half * (isNarrow ? 1 : 5 / 9);
  for (let piece = 0; piece < pieces; piece += 1) {
    const middle = from + (2 * piece + 1) * half;
    const below = middle - node;
    const above = middle + node;
    add(smooth.loss(below), smooth.density(below) * weight);
    if (!isNarrow) add(smooth.loss(middle), (smooth.density(middle) * half * 8) / 9);
    add(smooth.loss(above), smooth.density(above) * weight);
  }
}

/** Mean and variance of the finite losses, and the range they lie in. */
export function lossMoments(pair: LossPair): { mean: number; variance: number; low: number; high: number } {
  let mass = 0;
  let first = 0;
  let second = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const add = (loss: number, weight: number) => {
    mass += weight;
    first += weight * loss;
    second += weight * loss * loss;
    low = Math.min(low, loss);
    high = Math.max(high, loss);
  };
  for (const atom of pair.atoms) add(atom.loss, atom.mass);
  if (pair.smooth) {
    integrate(pair.smooth, pair.smooth.from, pair.smooth.to, add);
    low = Math.min(low, pair.smooth.loss(pair.smooth.from));
    high = Math.max(high, pair.smooth.loss(pair.smooth.to));
  }
  const mean = first / mass;
  return { mean, variance: Math.max(0, second / mass - mean * mean), low, high };
}
