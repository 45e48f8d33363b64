/** The grid that reports state (privacy.md, and dp_accounting's default). */
export const USUAL_INTERVAL = 1e-4;

/** Composition works on at most this many cells; more take longer than a report may. */
export const MAX_WINDOW = 1 << 18;
const COMFORTABLE_WINDOW = 1 << 16;
/** Half of a window, in standard deviations of the composed loss: tails of 1e-15 of a normal distribution and to spare. */
const HALF_WINDOW = 9;

/**
 * Connecting the dots adds at most interval^2/4 of variance a step, interval^2/6 on average. Where that is more than
 * this share of the composed variance the grid is refined, because epsilon would be visibly pessimistic.
 */
const COARSE = 2e-3;
/** Where it is less than this, a wide window may use a coarser grid. */
const FINE = 2e-4;

/** Of one kind of event in a composition: its loss's variance and width, and how many there are. */
export type Spread = { variance: number; width: number; count: number };

/** The grid's interval for a composition: 1e-4, halved or doubled as its width asks. Any interval is pessimistic. */
export function gridInterval(parts: readonly Spread[]): number {
  const steps = parts.reduce((sum, part) => sum + part.count, 0);
  const variance = parts.reduce((sum, part) => sum + part.count * part.variance, 0);
  if (!(variance > 0)) return USUAL_INTERVAL;
  const widest = parts.reduce((most, part) => Math.max(most, part.width), 0);
  const cells = (interval: number) => Math.max(widest, 2 * HALF_WINDOW * Math.sqrt(variance)) / interval;
  const added = (interval: number) => (steps * interval * interval) / 6 / variance;
  let interval = USUAL_INTERVAL;
  while (cells(interval) > MAX_WINDOW) interval *= 2;
  while (cells(interval) > COMFORTABLE_WINDOW && added(2 * interval) <= FINE) interval *= 2;
  while (added(interval) > COARSE && cells(interval) < MAX_WINDOW / 2) interval /= 2;
  return interval;
}
