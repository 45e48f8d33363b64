import type { Pool } from '#lib/db/pool';

export type Mismatch = { accountId: string; name: string };

/** Accounts whose balances are not the sum of their entries. An honest ledger has none. */
export async function findMismatches(pool: Pool): Promise<Mismatch[]> {
  const found = await pool.query<Mismatch>(
    `SELECT a.id AS "accountId", a.name FROM account a
     LEFT JOIN (SELECT account_id, sum(spent_delta_pico) AS spent, sum(reserved_delta_pico) AS reserved
                FROM ledger_entry GROUP BY account_id) e ON e.account_id = a.id
     WHERE a.spent_rho_pico <> coalesce(e.spent, 0) OR a.reserved_rho_pico <> coalesce(e.reserved, 0)`,
  );
  return found.rows;
}
