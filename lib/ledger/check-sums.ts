import type { Pool } from '#lib/db/pool';

export type Mismatch = { accountId: string; name: string };

/**
 * Accounts ($1: of one organisation; null: of all) whose balances are not the sum of their entries. One index scan an
 * account: a look at one organisation does not read everybody's entries.
 */
export const MISMATCHES_SQL = `
  SELECT a.id AS "accountId", a.name FROM account a
  LEFT JOIN LATERAL (SELECT sum(spent_delta_pico) AS spent, sum(reserved_delta_pico) AS reserved
                     FROM ledger_entry WHERE account_id = a.id) e ON true
  WHERE ($1::uuid IS NULL OR a.organisation_id = $1::uuid)
    AND (a.spent_rho_pico <> coalesce(e.spent, 0) OR a.reserved_rho_pico <> coalesce(e.reserved, 0))`;

/** Accounts of the whole ledger whose balances are not the sum of their entries. An honest ledger has none. */
export async function findMismatches(pool: Pool): Promise<Mismatch[]> {
  return (await pool.query<Mismatch>(MISMATCHES_SQL, [null])).rows;
}
