import { clearAlerts } from '#lib/alerts/clear-alert';
import type { AlertCode } from '#lib/alerts/codes';
import { raiseAlert } from '#lib/alerts/raise-alert';
import { appendLeaf } from '#lib/audit-log/append-leaf';
import type { WitnessRefusal } from '#lib/audit-log/judge-head';
import type { Pool } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';

type Head = { size: bigint; note: string };

const ALERT_OF: Record<Exclude<WitnessRefusal, 'stale'>, AlertCode> = {
  fork: 'log_fork',
  rollback: 'log_rollback',
  key: 'witness_key',
  signature: 'witness_key',
};

/** Keeps a node's signature on a head. It was checked when it arrived. */
export async function keepCosignature(
  pool: Pool,
  { head, nodeId, line, timestampS }: { head: Head; nodeId: string; line: string; timestampS: bigint },
): Promise<void> {
  await pool.query(
    `INSERT INTO audit_cosignature (tree_size, node_id, timestamp_s, line) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING`,
    [head.size, nodeId, timestampS, line],
  );
}

/** The log continues again what this node had signed. What was wrong stays in the log and in the alert's history. */
export async function clearRefusals(pool: Pool, nodeId: string): Promise<void> {
  const codes = [...new Set(Object.values(ALERT_OF))];
  await transaction(pool, (client) => clearAlerts(client, { codes, subjectId: nodeId }));
}

/** A node did not sign: everybody who has oversight must know, and so must the log. Said once while it lasts. */
export async function raiseRefusal(
  pool: Pool,
  refusal: { head: Head; nodeId: string; code: Exclude<WitnessRefusal, 'stale'>; seenSize: string },
  now = new Date(),
): Promise<void> {
  const { head, nodeId, code, seenSize } = refusal;
  const offeredSize = String(head.size);
  await transaction(pool, async (client) => {
    const isNew = await raiseAlert(
      client,
      {
        severity: 'critical',
        code: ALERT_OF[code],
        subjectId: nodeId,
        organisationId: null,
        facts: { refusal: code, seenSize, offeredSize },
      },
      now,
    );
    if (!isNew) return;
    const event = { v: 1 as const, atMs: now.getTime(), type: 'log.witness_refused' as const };
    await appendLeaf(client, { ...event, nodeId, code, seenSize, offeredSize }, nodeId);
  });
}
