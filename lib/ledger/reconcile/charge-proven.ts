import type { PoolClient } from '#lib/db/pool';
import { lockAccounts, remainingRhoPico } from '../accounts.ts';
import { type Adjustment, adjustAllIn } from '../adjust.ts';
import { type Charged, type Deficit, deficitsOf, type Homeless, type Proven } from './deficits.ts';
import { raiseUnborne } from './raise-unborne.ts';
import { withinCaps } from './within-caps.ts';

/** What charging what receipts prove came to. */
export type ChargedProven = {
  adjustments: Adjustment[];
  /** What no cap can bear: the account is charged up to its cap and frozen. */
  overCap: Deficit[];
  homeless: Homeless[];
};

/** Years, of which accounts are charged for a request that the ledger lost: it ran in one of them. */
export type Periods = readonly string[];

/**
 * Charges what receipts prove of these requests and the ledger has not charged: after a restore, a request may be missing,
 * or stand as given back. An account on which its reservation stands is left to whoever settles it. Nothing is ever
 * refunded.
 */
export async function chargeProven(
  client: PoolClient,
  requestIds: readonly string[],
  periods: Periods,
  at: Date,
): Promise<ChargedProven> {
  const lacking = await findDeficits(client, requestIds, periods, 'node_receipt');
  if (lacking.deficits.length === 0 && lacking.homeless.length === 0)
    return { adjustments: [], overCap: [], homeless: [] };
  const ids = [...new Set(lacking.deficits.map(({ accountId }) => accountId))];
  const accounts = new Map((await lockAccounts(client, ids)).map((account) => [account.id, account]));
  // Looked at again under the locks: another replica may have charged some of it meanwhile.
  const { deficits, homeless } = await findDeficits(client, requestIds, periods, 'node_receipt');
  const { bearable, overCap } = withinCaps(
    deficits.filter(({ accountId }) => accounts.has(accountId)),
    new Map([...accounts].map(([id, account]) => [id, remainingRhoPico(account)])),
  );
  const adjustments = [...Map.groupBy(bearable, ({ requestId }) => requestId)].map(
    ([requestId, own]): Adjustment => ({ requestId, accounts: own, cause: 'receipts' }),
  );
  await adjustAllIn(client, adjustments, at);
  await raiseCharges(client, adjustments);
  await raiseUnborne(client, { overCap, homeless, accounts }, at);
  return { adjustments, overCap, homeless };
}

/** The receipts that the ledger has, and beside them those that are only being looked at (a temporary table). */
export const KEPT_AND_GIVEN = `(SELECT node_id, seq, request_id, rho_pico FROM node_receipt
  UNION SELECT node_id, seq, request_id, rho_pico FROM given_receipt)`;

/** What asks Postgres in an open transaction, of whichever library. */
type Asks = { query(text: string, values: unknown[]): Promise<{ rows: unknown[] }> };

/** Reads only. @param receipts where they are: the table, or KEPT_AND_GIVEN. */
export async function findDeficits(
  client: Asks,
  requestIds: readonly string[],
  periods: Periods,
  receipts: 'node_receipt' | typeof KEPT_AND_GIVEN,
) {
  const proven = await client.query(
    `SELECT r.request_id AS "requestId", n.dataset_id AS "datasetId", sum(r.rho_pico)::bigint AS "rhoPico"
     FROM ${receipts} r JOIN node n ON n.id = r.node_id
     WHERE r.request_id = ANY($1::uuid[])
     GROUP BY r.request_id, r.node_id, n.dataset_id`,
    [requestIds],
  );
  const charged = await client.query(
    `SELECT e.request_id AS "requestId", a.id AS "accountId", a.kind::text AS kind, a.owner_id AS "ownerId",
       sum(e.spent_delta_pico)::bigint AS "rhoPico",
       coalesce(bool_or((q.state = 'reserved' AND e.kind = 'reserve') OR (q.state = 'answered' AND e.kind = 'settle')),
         false) AS "isDecided"
     FROM ledger_entry e JOIN account a ON a.id = e.account_id LEFT JOIN request q ON q.id = e.request_id
     WHERE e.request_id = ANY($1::uuid[]) GROUP BY e.request_id, a.id`,
    [requestIds],
  );
  const parts = proven.rows as Proven[];
  const datasets = [...new Set(parts.map(({ datasetId }) => datasetId))];
  const accounts = await client.query(
    `SELECT id, owner_id AS "ownerId" FROM account
     WHERE kind = 'dataset' AND owner_id = ANY($1::uuid[]) AND period = ANY($2::text[])`,
    [datasets, periods],
  );
  const byDataset = Map.groupBy(accounts.rows as { id: string; ownerId: string }[], ({ ownerId }) => ownerId);
  return deficitsOf(parts, charged.rows as Charged[], (datasetId) =>
    (byDataset.get(datasetId) ?? []).map(({ id }) => id),
  );
}

/** A request that stood as given back says what it was charged after all; an answer says what it was answered at. */
async function raiseCharges(client: PoolClient, adjustments: readonly Adjustment[]): Promise<void> {
  const most = (accounts: Adjustment['accounts']) =>
    accounts.reduce((max, { rhoPico }) => (rhoPico > max ? rhoPico : max), 0n);
  await client.query(
    `UPDATE request SET charged_rho_pico = least(rho_pico, charged_rho_pico + given.rho)
     FROM unnest($1::uuid[], $2::bigint[]) AS given(id, rho) WHERE request.id = given.id AND state = 'failed'`,
    [adjustments.map(({ requestId }) => requestId), adjustments.map(({ accounts }) => most(accounts))],
  );
}
