import type { PoolClient } from '#lib/db/pool';
import { lockAccounts } from '../accounts.ts';

/**
 * Locks what receipts of a node may be charged to, before they are written: a batch that settles locks accounts first
 * and writes its receipts then, and in the other order the two would wait for each other. The node's row keeps its
 * datasets' accounts from being opened meanwhile without these receipts.
 */
export async function lockChargeable(
  client: PoolClient,
  nodeId: string,
  requestIds: readonly string[],
  periods: readonly string[],
): Promise<void> {
  await client.query('SELECT 1 FROM node WHERE id = $1 FOR UPDATE', [nodeId]);
  const found = await client.query<{ id: string }>(
    `SELECT a.id FROM node n JOIN account a ON a.kind = 'dataset' AND a.owner_id = n.dataset_id
     WHERE n.id = $1 AND a.period = ANY($2::text[])
     UNION SELECT account_id FROM ledger_entry WHERE request_id = ANY($3::uuid[])`,
    [nodeId, periods, requestIds],
  );
  await lockAccounts(
    client,
    found.rows.map(({ id }) => id),
  );
}
