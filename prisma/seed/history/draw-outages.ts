import type { Random } from '../records/random.ts';
import { startOfHistory } from './draw-moments.ts';

/** Hours in which too few hospitals were connected to answer together. */
export type Outage = { from: Date; to: Date; connected: number };

const OUTAGES = 4;
const HOUR_MS = 3_600_000;

export function drawOutages(random: Random, until: Date): Outage[] {
  const since = startOfHistory(until).getTime();
  return Array.from({ length: OUTAGES }, () => {
    const from = since + Math.floor(random.unit() * (until.getTime() - since));
    return {
      from: new Date(from),
      to: new Date(from + random.integer(3, 9) * HOUR_MS),
      connected: random.integer(1, 2),
    };
  });
}
