import { z } from 'zod';
import type { Database } from '#lib/db/prisma';

const MINUTE_MS = 60_000;
/** Widths of a point, the finest that gives some hundreds of points at most. */
const WIDTHS_MS = [1, 5, 15, 60, 240, 1440].map((minutes) => minutes * MINUTE_MS);
const MOST_POINTS = 400;

const rowsSchema = z.array(
  z.object({
    at: z.date(),
    probes: z.number(),
    lost: z.number(),
    medianMs: z.number().nullable(),
    slowestMs: z.number().nullable(),
  }),
);

export type LatencyPoint = {
  at: string;
  probes: number;
  lost: number;
  medianMs: number | null;
  slowestMs: number | null;
};

export function widthFor(spanMs: number): number {
  return WIDTHS_MS.find((widthMs) => spanMs / widthMs <= MOST_POINTS) ?? WIDTHS_MS.at(-1)!;
}

/**
 * A node's answers to public probes over a span, one point every `widthMs`. A stretch in which nothing was heard is a
 * point with nulls: a gap, not a zero. The caller has authorised the node.
 */
export async function nodeLatency(
  db: Database,
  nodeId: string,
  { from, to }: { from: string; to: string },
): Promise<{ widthMs: number; points: LatencyPoint[] }> {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  const widthMs = widthFor(toMs - fromMs);
  const rows = rowsSchema.parse(
    await db.$queryRaw`
      select date_bin(${`${widthMs} milliseconds`}::interval, minute, 'epoch'::timestamptz) as at,
        sum(probes)::int as probes, sum(lost)::int as lost,
        percentile_disc(0.5) within group (order by median_ms) as "medianMs", max(slowest_ms) as "slowestMs"
      from node_probe
      where node_id = ${nodeId}::uuid and minute >= ${new Date(fromMs)} and minute < ${new Date(toMs)}
      group by 1`,
  );
  const heard = new Map(rows.map((row) => [row.at.getTime(), row]));
  const points: LatencyPoint[] = [];
  for (let atMs = Math.floor(fromMs / widthMs) * widthMs; atMs < toMs; atMs += widthMs) {
    const at = new Date(atMs).toISOString();
    const row = heard.get(atMs);
    points.push(row ? { ...row, at } : { at, probes: 0, lost: 0, medianMs: null, slowestMs: null });
  }
  return { widthMs, points };
}
