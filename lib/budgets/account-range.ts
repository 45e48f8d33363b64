import { parseRange } from '#lib/time/range';
import type { TimeRange } from '#lib/time/range-presets';
import { periodBounds } from './period-bounds.ts';

/** How far back the page of an account of the running period looks until somebody chooses. */
const RUNNING = '90d';

type Options = { zone: string; now?: Date };

/**
 * The time that an account's page and its export are about: what the address says, else the last days, or for a period
 * that is over all of it.
 */
export function accountRange(
  params: Parameters<typeof parseRange>[0],
  period: string,
  { zone, now = new Date() }: Options,
): TimeRange {
  const bounds = periodBounds(period);
  const fallback = bounds.end > now ? RUNNING : { from: bounds.start, to: bounds.end };
  return parseRange(params, { zone, now, fallback });
}
