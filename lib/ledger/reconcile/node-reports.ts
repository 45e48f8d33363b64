import type { PoolClient } from '#lib/db/pool';
import { checkChain, findForks } from './find-gaps.ts';
import type { GivenLog, KnownNode } from './read-given-logs.ts';
import type { NodeReport } from './report.ts';

/** How every node's receipts stand, with what was given and before it is kept. */
export async function nodeReports(
  client: PoolClient,
  known: ReadonlyMap<string, KnownNode>,
  logs: readonly GivenLog[],
): Promise<NodeReport[]> {
  const forks = new Map((await findForks(client)).map(({ nodeId, seq }) => [nodeId, seq]));
  const added = await client.query<{ nodeId: string; added: number }>(
    `SELECT g.node_id AS "nodeId", count(*)::int AS added FROM given_receipt g
     WHERE NOT EXISTS (SELECT 1 FROM node_receipt r WHERE r.node_id = g.node_id AND r.seq = g.seq) GROUP BY 1`,
  );
  const addedOf = new Map(added.rows.map((row) => [row.nodeId, row.added]));
  const reports: NodeReport[] = [];
  for (const { id: nodeId, name } of known.values()) {
    const { lastSeq, brokenAtSeq } = await checkChain(client, nodeId);
    const log = logs.find((one) => one.nodeId === nodeId);
    // A log that ends before what the ledger holds has lost its last receipts.
    const endsBefore = log && log.receipts < lastSeq ? log.receipts + 1 : null;
    const faults = [brokenAtSeq, forks.get(nodeId) ?? null, endsBefore].filter((seq) => seq !== null);
    reports.push({
      nodeId,
      name,
      file: log?.file ?? null,
      added: addedOf.get(nodeId) ?? 0,
      lastSeq,
      brokenAtSeq: faults.length > 0 ? Math.min(...faults) : null,
    });
  }
  return reports;
}
