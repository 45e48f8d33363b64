import type { Pool } from '#lib/db/pool';

/**
 * Clears what an interrupted seeding left of a history. Only for a database without a ledger state: no router has ever
 * run on it, so that nothing in these tables happened.
 */
export async function forgetUnfinishedHistory(pool: Pool): Promise<void> {
  await pool.query('TRUNCATE request, ledger_entry, account, audit_leaf, audit_node, audit_checkpoint');
}
