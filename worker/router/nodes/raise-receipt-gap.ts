import { clearAlerts } from '#lib/alerts/clear-alert';
import { raiseAlert } from '#lib/alerts/raise-alert';
import { transaction } from '#lib/db/transaction';
import type { RouterContext } from '../context.ts';

/** Says to its organisation that a node's receipts are not what they must be. Never throws: the connection ends anyway. */
export async function raiseReceiptGap(context: RouterContext, nodeId: string, seq: number): Promise<void> {
  try {
    await transaction(context.pool, async (client) => {
      const owner = await client.query<{ organisation_id: string }>(
        'SELECT h.organisation_id FROM node n JOIN hospital h ON h.id = n.hospital_id WHERE n.id = $1',
        [nodeId],
      );
      const organisationId = owner.rows[0]?.organisation_id ?? null;
      const gap = { severity: 'critical', code: 'receipt_gap', subjectId: nodeId, organisationId } as const;
      await raiseAlert(client, { ...gap, facts: { seq } }, new Date());
    });
  } catch (error) {
    context.log.error({ nodeId, err: error }, 'the alert on missing receipts was not raised');
  }
}

/** The ledger has the node's chain without a gap again. Never throws: an alert that stands too long hides nothing. */
export async function clearReceiptGap(context: RouterContext, nodeId: string): Promise<void> {
  try {
    await transaction(context.pool, (client) =>
      clearAlerts(client, { codes: ['receipt_gap'], subjectId: nodeId }),
    );
  } catch (error) {
    context.log.error({ nodeId, err: error }, 'the alert on missing receipts was not cleared');
  }
}
