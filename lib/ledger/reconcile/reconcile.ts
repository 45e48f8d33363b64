import type { Pool, PoolClient } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import { chargeAbandoned } from '../charge-abandoned.ts';
import { accountReports, openDatasetAccounts } from './account-reports.ts';
import { chargeGiven } from './charge-given.ts';
import type { Periods } from './charge-proven.ts';
import { withLedgerAlone } from './ledger-lock.ts';
import { nodeReports } from './node-reports.ts';
import { periodsSince } from './periods-since.ts';
import { type GivenLog, type KnownNode, readGivenLogs } from './read-given-logs.ts';
import { recordRestored } from './record-restored.ts';
import type { ReconcileReport } from './report.ts';

export type ReconcileOptions = {
  spendLogs: readonly string[];
  /** Changes nothing, and may run beside routers. */
  dryRun: boolean;
  onProgress: (what: string, done: number) => void;
};

/**
 * Makes a restored ledger whole from receipts (ledger.md section 4): raises the epoch, keeps the receipts it lacks,
 * charges what they prove, freezes the datasets of a node whose chain has a gap, and says so in the log. Run again it
 * finds nothing to do and raises the epoch once more. @throws LedgerTakenError, GivenLogError
 */
export async function reconcile(pool: Pool, options: ReconcileOptions, now: Date): Promise<ReconcileReport> {
  if (options.dryRun) return transaction(pool, (client) => reconcileIn(client, options, now));
  return withLedgerAlone(pool, async () => {
    const report = await transaction(pool, (client) => reconcileIn(client, options, now));
    return { ...report, reservationsCharged: await chargeReservations(pool) };
  });
}

/** No router lives: no reservation has anybody left to settle it. */
async function chargeReservations(pool: Pool): Promise<number> {
  await pool.query(
    `UPDATE request SET reserved_until = now() - interval '1 second' WHERE state = 'reserved'`,
  );
  let charged = 0;
  for (let more = -1; more !== 0; charged += more) more = await chargeAbandoned(pool, null);
  return charged;
}

async function readLogs(client: PoolClient, { spendLogs, onProgress }: ReconcileOptions) {
  const found = await client.query<KnownNode>(
    `SELECT id, name, dataset_id AS "datasetId", identity_key AS "identityKey" FROM node ORDER BY name, id`,
  );
  const nodes = new Map(found.rows.map((node) => [node.id, node]));
  return { nodes, logs: await readGivenLogs(client, spendLogs, nodes, onProgress) };
}

async function reconcileIn(
  client: PoolClient,
  options: ReconcileOptions,
  now: Date,
): Promise<ReconcileReport> {
  const { dryRun } = options;
  const { nodes: known, logs } = await readLogs(client, options);
  const periods = await periodsOf(client, logs, now);
  const nodes = await nodeReports(client, known, logs);
  const receiptsAdded = nodes.reduce((sum, node) => sum + node.added, 0);
  if (!dryRun)
    await client.query('INSERT INTO node_receipt SELECT * FROM given_receipt ON CONFLICT DO NOTHING');
  const charged = await chargeGiven(client, options, periods, now);
  const epoch = await nextEpoch(client);
  const broken = nodes.filter((node) => node.brokenAtSeq !== null);
  const frozen = await openDatasetAccounts(
    client,
    broken.map(({ nodeId }) => known.get(nodeId)!.datasetId),
  );
  const accounts = await accountReports(client, charged, dryRun);
  const requestIds = [...new Set(charged.adjustments.map(({ requestId }) => requestId))];
  const report: ReconcileReport = {
    dryRun,
    epoch,
    nodes,
    receiptsAdded,
    reservationsCharged: await countRequests(client, `state = 'reserved'`),
    requestsCharged: requestIds.length,
    requestsUnknown: requestIds.length - (await countRequests(client, 'id = ANY($1::uuid[])', requestIds)),
    accounts,
    overCap: charged.overCap,
    homeless: charged.homeless,
    frozen: [...new Set([...frozen, ...charged.overCap.map(({ accountId }) => accountId)])],
  };
  if (!dryRun) await recordRestored(client, report, now);
  return report;
}

async function periodsOf(client: PoolClient, logs: readonly GivenLog[], now: Date): Promise<Periods> {
  const all = await Promise.all(logs.map(({ nodeId }) => periodsSince(client, nodeId, now)));
  return [...new Set(all.flat())];
}

/** Above every epoch that the ledger or a node has been in. */
async function nextEpoch(client: PoolClient): Promise<{ from: number; to: number }> {
  const found = await client.query<{ from: number; seen: number | null }>(
    `SELECT epoch AS from, (SELECT max(ledger_epoch) FROM (SELECT ledger_epoch FROM given_receipt
       UNION ALL SELECT ledger_epoch FROM node_receipt) r) AS seen FROM ledger_state`,
  );
  const { from, seen } = found.rows[0]!;
  return { from, to: Math.max(from, seen ?? 0) + 1 };
}

async function countRequests(client: PoolClient, where: string, ids?: readonly string[]): Promise<number> {
  const found = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM request WHERE ${where}`,
    ids && [ids],
  );
  return found.rows[0]!.count;
}
