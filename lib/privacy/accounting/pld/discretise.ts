import { type LossMasses, lossGrid } from './loss-masses.ts';
import { integrate, type LossPair, lossMoments } from './loss-pair.ts';

/** The pair's loss distribution on a grid, never below it as a hockey-stick curve (see `lossGrid`). */
export function discretise(pair: LossPair, interval: number): LossMasses {
  const { low, high } = lossMoments(pair);
  const grid = lossGrid(interval, low, high);
  grid.addInfinite(pair.infinite);
  for (const { loss, mass } of pair.atoms) grid.add(loss, mass);
  const { smooth } = pair;
  if (smooth) {
    // Cell by cell, so that no quadrature runs over a kink of the split.
    const last = Math.ceil(high / interval);
    let from = smooth.from;
    for (let index = Math.floor(low / interval); index <= last && from < smooth.to; index += 1) {
      const end = index === last ? smooth.to : smooth.outcome((index + 1) * interval);
      // Written so that an outcome that is not a number stands for "beyond".
      const to = end < smooth.to ? Math.max(from, end) : smooth.to;
      if (to > from) integrate(smooth, from, to, grid.add);
      from = to;
    }
  }
  return grid.finish();
}
