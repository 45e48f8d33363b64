import type { PoolClient } from '#lib/db/pool';
import type { ChargedProven } from './charge-proven.ts';
import type { AccountReport } from './report.ts';

/** What was charged to each account, and how it stands with it. */
export async function accountReports(
  client: PoolClient,
  { adjustments }: ChargedProven,
  dryRun: boolean,
): Promise<AccountReport[]> {
  const charged = new Map<string, bigint>();
  for (const { accountId, rhoPico } of adjustments.flatMap(({ accounts }) => accounts))
    charged.set(accountId, (charged.get(accountId) ?? 0n) + rhoPico);
  const found = await client.query<Omit<AccountReport, 'chargedRhoPico'>>(
    `SELECT id AS "accountId", kind::text AS kind, name, period, spent_rho_pico AS "spentRhoPico",
       cap_rho_pico AS "capRhoPico"
     FROM account WHERE id = ANY($1::uuid[]) ORDER BY kind, name, period`,
    [[...charged.keys()]],
  );
  return found.rows.map((row) => {
    const chargedRhoPico = charged.get(row.accountId)!;
    return { ...row, chargedRhoPico, spentRhoPico: row.spentRhoPico + (dryRun ? chargedRhoPico : 0n) };
  });
}

/** The accounts of these datasets that are still open. */
export async function openDatasetAccounts(
  client: PoolClient,
  datasetIds: readonly string[],
): Promise<string[]> {
  const open = await client.query<{ id: string }>(
    `SELECT id FROM account WHERE kind = 'dataset' AND owner_id = ANY($1::uuid[]) AND state = 'open' ORDER BY id`,
    [datasetIds],
  );
  return open.rows.map(({ id }) => id);
}
