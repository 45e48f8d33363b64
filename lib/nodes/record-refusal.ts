import { appendLeaf } from '#lib/audit-log/append-leaf';
import type { AuditEvent } from '#lib/audit-log/events';
import type { PoolClient } from '#lib/db/pool';

type RefusedEvent = Extract<AuditEvent, { type: 'node.refused' }>;
/** What was refused: `code` is a constant of ours, never what a peer says. */
export type NodeRefusal = Pick<RefusedEvent, 'nodeId' | 'where' | 'code'>;

/** The same refusal of the same node again within this long is counted, and is in the next leaf. */
const AGAIN_MS = 3_600_000;
const STRANGER = '00000000-0000-0000-0000-000000000000';

/**
 * Counts a refusal in the caller's transaction, and says so in the audit log unless it said the same within the hour:
 * nobody fills the log by being refused.
 */
export async function recordRefusal(client: PoolClient, refusal: NodeRefusal, now: Date): Promise<void> {
  const { nodeId, where, code } = refusal;
  const kind = [nodeId ?? STRANGER, where, code];
  const counted = await client.query<{ unlogged: number; loggedAt: Date | null }>(
    `INSERT INTO node_refusal (node_id, place, code, unlogged) VALUES ($1, $2, $3, 1)
     ON CONFLICT (node_id, place, code) DO UPDATE SET unlogged = node_refusal.unlogged + 1
     RETURNING unlogged, logged_at AS "loggedAt"`,
    kind,
  );
  const { unlogged: count, loggedAt } = counted.rows[0]!;
  if (loggedAt && loggedAt.getTime() > now.getTime() - AGAIN_MS) return;
  await appendLeaf(client, { v: 1, atMs: now.getTime(), type: 'node.refused', ...refusal, count }, nodeId);
  await client.query(
    'UPDATE node_refusal SET unlogged = 0, logged_at = $4 WHERE node_id = $1 AND place = $2 AND code = $3',
    [...kind, now],
  );
}
