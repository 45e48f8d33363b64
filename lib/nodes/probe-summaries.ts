import { z } from 'zod';
import type { Database } from '#lib/db/prisma';

const rowsSchema = z.array(
  z.object({
    nodeId: z.uuid(),
    probes: z.number(),
    lost: z.number(),
    medianMs: z.number().nullable(),
    slowestMs: z.number().nullable(),
  }),
);
export type ProbeSummary = z.output<typeof rowsSchema>[number];

/**
 * What the public probes of these nodes found between `from` and `to`: how many were sent and lost, the median of the
 * minutes' medians and the slowest. Keyed by node; one that was not probed is missing. The caller has authorised them.
 */
export async function probeSummaries(
  db: Database,
  nodeIds: readonly string[],
  { from, to }: { from: string; to: string },
): Promise<Map<string, ProbeSummary>> {
  const rows = rowsSchema.parse(
    await db.$queryRaw`
      select node_id as "nodeId", sum(probes)::int as probes, sum(lost)::int as lost,
        percentile_disc(0.5) within group (order by median_ms) as "medianMs", max(slowest_ms) as "slowestMs"
      from node_probe
      where node_id = any(${[...nodeIds]}::uuid[]) and minute >= ${new Date(from)} and minute < ${new Date(to)}
      group by node_id`,
  );
  return new Map(rows.map((row) => [row.nodeId, row]));
}
