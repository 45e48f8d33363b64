import { raiseAlert } from '#lib/alerts/raise-alert';
import { appendLeaf } from '#lib/audit-log/append-leaf';
import type { PoolClient } from '#lib/db/pool';
import { leafTimeMs } from '../leaf-time.ts';
import type { ReconcileReport } from './report.ts';

/** The epoch, the states, the alerts and the leaf. */
export async function recordRestored(client: PoolClient, report: ReconcileReport, now: Date): Promise<void> {
  const { epoch, receiptsAdded, frozen, nodes } = report;
  await client.query('UPDATE ledger_state SET epoch = $1', [epoch.to]);
  await client.query(`UPDATE account SET state = 'frozen' WHERE id = ANY($1::uuid[]) AND state = 'open'`, [
    frozen,
  ]);
  for (const { nodeId, brokenAtSeq } of nodes) {
    if (brokenAtSeq === null) continue;
    const owner = await client.query<{ id: string }>(
      'SELECT h.organisation_id AS id FROM node n JOIN hospital h ON h.id = n.hospital_id WHERE n.id = $1',
      [nodeId],
    );
    const gap = { severity: 'critical', code: 'receipt_gap', subjectId: nodeId } as const;
    const organisationId = owner.rows[0]?.id ?? null;
    await raiseAlert(client, { ...gap, organisationId, facts: { seq: brokenAtSeq } }, now);
  }
  const restored = { v: 1, atMs: leafTimeMs(now), type: 'ledger.restored' } as const;
  await appendLeaf(client, { ...restored, epoch: epoch.to, receiptsAdded, frozen }, null);
}
