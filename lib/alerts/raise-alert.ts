import { randomUUID } from 'node:crypto';
import { appendLeaf } from '#lib/audit-log/append-leaf';
import type { PoolClient } from '#lib/db/pool';

export type RaisedAlert = {
  severity: 'critical' | 'warning' | 'info';
  code: string;
  /** What is wrong with what: a node, an account, the federation. */
  subjectId: string;
  /** Whose it is to see; null for the whole federation's. */
  organisationId: string | null;
  /** Public facts in figures, for the words of the alert. */
  facts: Record<string, string | number>;
};

/** Raises an alert in the caller's transaction, or says that the one that fires already still holds. */
export async function raiseAlert(client: PoolClient, alert: RaisedAlert, now: Date): Promise<void> {
  const { severity, code, subjectId, organisationId, facts } = alert;
  // Two that see the same thing at once raise it once.
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`alert ${code} ${subjectId}`]);
  const firing = await client.query(
    `UPDATE alert SET seen_at = $3, facts = $4 WHERE code = $1 AND subject_id = $2 AND cleared_at IS NULL`,
    [code, subjectId, now, JSON.stringify(facts)],
  );
  if ((firing.rowCount ?? 0) > 0) return;
  const alertId = randomUUID();
  await client.query(
    `INSERT INTO alert (id, severity, code, subject_id, organisation_id, facts, raised_at, seen_at)
     VALUES ($1, $2::alert_severity, $3, $4, $5, $6, $7, $7)`,
    [alertId, severity, code, subjectId, organisationId, JSON.stringify(facts), now],
  );
  const event = { v: 1, atMs: now.getTime(), type: 'alert.raised', alertId, severity, code } as const;
  await appendLeaf(client, { ...event, subject: subjectId }, subjectId);
}
