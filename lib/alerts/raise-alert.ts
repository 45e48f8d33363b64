import { randomUUID } from 'node:crypto';
import { appendLeaf } from '#lib/audit-log/append-leaf';
import type { PoolClient } from '#lib/db/pool';
import type { AlertCode } from './codes.ts';

export type NewAlert = {
  severity: 'critical' | 'warning' | 'info';
  code: AlertCode;
  /** What is wrong with what: a node, an account. */
  subjectId: string;
  /** Whose it is to see; null for the whole federation's. */
  organisationId: string | null;
  /** Public facts in figures, for the words of the alert. */
  facts: Record<string, string | number>;
};

/**
 * Says that something is wrong, in the caller's transaction, with its leaf. One alert for a thing fires at a time: seen
 * again it is only marked as such. Returns whether it is new.
 */
export async function raiseAlert(client: PoolClient, alert: NewAlert, now = new Date()): Promise<boolean> {
  const { severity, code, subjectId, organisationId, facts } = alert;
  const alertId = randomUUID();
  const inserted = await client.query(
    `INSERT INTO alert (id, severity, code, subject_id, organisation_id, facts, raised_at, seen_at)
     VALUES ($1, $2::alert_severity, $3, $4, $5, $6, $7, $7)
     ON CONFLICT (code, subject_id) WHERE cleared_at IS NULL DO NOTHING`,
    [alertId, severity, code, subjectId, organisationId, JSON.stringify(facts), now],
  );
  if (inserted.rowCount === 0) {
    await client.query(
      'UPDATE alert SET seen_at = $3, facts = $4 WHERE code = $1 AND subject_id = $2 AND cleared_at IS NULL',
      [code, subjectId, now, JSON.stringify(facts)],
    );
    return false;
  }
  await appendLeaf(
    client,
    { v: 1, atMs: now.getTime(), type: 'alert.raised', alertId, severity, code, subject: subjectId },
    subjectId,
  );
  return true;
}
