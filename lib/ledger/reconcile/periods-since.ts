import type { Pool, PoolClient } from '#lib/db/pool';
import { periodOf } from '../period.ts';

/**
 * The periods that a node's receipts after its last known one may be of: a receipt names no time, and what the ledger
 * lost ran after what it has. Over a new year these are two, and both are charged.
 */
export async function periodsSince(db: Pool | PoolClient, nodeId: string, now: Date): Promise<string[]> {
  const known = await db.query<{ at: Date }>(
    `SELECT coalesce((SELECT created_at FROM node_receipt WHERE node_id = $1 ORDER BY seq DESC LIMIT 1), created_at) AS at
     FROM node WHERE id = $1`,
    [nodeId],
  );
  const from = Number(periodOf(known.rows[0]?.at ?? now));
  const to = Number(periodOf(now));
  return Array.from({ length: Math.max(1, to - from + 1) }, (_, i) => String(to - i));
}
