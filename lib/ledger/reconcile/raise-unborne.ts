import { raiseAlert } from '#lib/alerts/raise-alert';
import { appendLeaf } from '#lib/audit-log/append-leaf';
import type { PoolClient } from '#lib/db/pool';
import type { Account } from '../accounts.ts';
import type { Deficit, Homeless } from './deficits.ts';

type Unborne = {
  overCap: readonly Deficit[];
  homeless: readonly Homeless[];
  accounts: ReadonlyMap<string, Account>;
};

/** What was let go and no account can bear is a broken promise: the account is frozen, and a critical alert says so. */
export async function raiseUnborne(
  client: PoolClient,
  { overCap, homeless, accounts }: Unborne,
  at: Date,
): Promise<void> {
  for (const [accountId, own] of Map.groupBy(overCap, (deficit) => deficit.accountId)) {
    await freeze(client, accountId, at);
    const { organisationId } = accounts.get(accountId)!;
    const over = { severity: 'critical', code: 'charge_over_cap', subjectId: accountId } as const;
    await raiseAlert(client, { ...over, organisationId, facts: { rhoPico: total(own) } }, at);
  }
  for (const [datasetId, own] of Map.groupBy(homeless, (charge) => charge.datasetId)) {
    const owner = await client.query<{ id: string }>(
      'SELECT h.organisation_id AS id FROM node n JOIN hospital h ON h.id = n.hospital_id WHERE n.dataset_id = $1',
      [datasetId],
    );
    const lost = { severity: 'critical', code: 'charge_without_account', subjectId: datasetId } as const;
    const organisationId = owner.rows[0]?.id ?? null;
    await raiseAlert(client, { ...lost, organisationId, facts: { rhoPico: total(own) } }, at);
  }
}

/** The log says it too: who verifies it compares every account's state with what it says. */
async function freeze(client: PoolClient, accountId: string, at: Date): Promise<void> {
  const frozen = await client.query(`UPDATE account SET state = 'frozen' WHERE id = $1 AND state = 'open'`, [
    accountId,
  ]);
  if (frozen.rowCount === 0) return;
  const event = { v: 1, atMs: at.getTime(), type: 'account.frozen', accountId, cause: 'receipts' } as const;
  await appendLeaf(client, event, accountId);
}

const total = (charges: readonly { rhoPico: bigint }[]) =>
  String(charges.reduce((sum, { rhoPico }) => sum + rhoPico, 0n));
