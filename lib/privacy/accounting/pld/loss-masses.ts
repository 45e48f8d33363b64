/**
 * The distribution of a privacy loss ln P(o)/Q(o), o ~ P, on the grid `interval * index`: `masses[i]` belongs to index
 * `lowest + i`, and `infinite` to outcomes that Q cannot have (or that nothing finite is claimed about).
 */
export type LossMasses = { interval: number; lowest: number; masses: Float64Array; infinite: number };

/** Collects masses by connecting the dots (Doroshenko et al., arXiv 2207.04380). */
export type LossGrid = {
  /** Adds P-mass at a loss, split over the two grid points around it. */
  add(loss: number, mass: number): void;
  addInfinite(mass: number): void;
  finish(): LossMasses;
};

/** More cells than any window needs: a mistake in the choice of the grid must fail instead of filling the memory. */
const MAX_CELLS = 1 << 23;
/** Mass that may leave its place at either end. Upward always: to the next kept cell or to infinity. */
const NEGLIGIBLE = 1e-24;

/**
 * A grid for losses from `lowest` to `highest`. A mass m at loss l between grid points a and b goes to b with share
 * (1 - e^(a - l))/(1 - e^(a - b)) and to a with the rest. Both m and its mass under Q, m e^(-l), are kept, so the new
 * pair's hockey-stick curve is the old one joined by straight lines (in e^epsilon) between grid points: never below it.
 * The share is rounded up.
 */
export function lossGrid(interval: number, lowest: number, highest: number): LossGrid {
  const first = Math.floor(lowest / interval) - 1;
  const cells = Math.ceil(highest / interval) + 2 - first;
  if (!(cells > 0 && cells <= MAX_CELLS)) throw new RangeError(`interval ${interval} makes ${cells} cells`);
  const masses = new Float64Array(cells);
  const cell = -Math.expm1(-interval);
  let infinite = 0;
  return {
    add(loss, mass) {
      const index = Math.floor(loss / interval);
      const upper = Math.min(1, Math.max(0, (-Math.expm1(index * interval - loss) / cell) * (1 + 1e-12)));
      masses[index - first]! += mass * (1 - upper);
      masses[index - first + 1]! += mass * upper;
    },
    addInfinite(mass) {
      infinite += mass;
    },
    finish: () => trimmed({ interval, lowest: first, masses, infinite }),
  };
}

/** Without the cells at both ends that hold next to nothing; what they held moves up. */
function trimmed({ interval, lowest, masses, infinite }: LossMasses): LossMasses {
  let start = 0;
  let below = 0;
  while (start < masses.length - 1 && below + masses[start]! <= NEGLIGIBLE) below += masses[start++]!;
  let end = masses.length;
  let above = 0;
  while (end > start + 1 && above + masses[end - 1]! <= NEGLIGIBLE) above += masses[--end]!;
  const kept = masses.slice(start, end);
  kept[0]! += below;
  return { interval, lowest: lowest + start, masses: kept, infinite: infinite + above };
}
