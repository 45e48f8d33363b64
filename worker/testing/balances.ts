import type { Pool } from '#lib/db/pool';
import { findMismatches } from '#lib/ledger/check-sums';

export type Balances = Record<string, { spent: bigint; reserved: bigint; cap: bigint }>;

/** Every account of the ledger by kind and name (of organisations but the first, with theirs before it), after checking that each is the sum of its entries and within its cap. */
export async function balances(pool: Pool): Promise<Balances> {
  const mismatches = await findMismatches(pool);
  if (mismatches.length > 0)
    throw new Error(`accounts are not the sum of their entries: ${JSON.stringify(mismatches)}`);
  const { rows } = await pool.query<{ key: string; spent: bigint; reserved: bigint; cap: bigint }>(
    `SELECT a.kind || '/'
         || CASE WHEN a.kind IN ('user', 'department') AND o.name <> 'Harbour Health' THEN o.name || '/' ELSE '' END
         || a.name AS key,
       a.spent_rho_pico AS spent, a.reserved_rho_pico AS reserved, a.cap_rho_pico AS cap
     FROM account a JOIN organisation o ON o.id = a.organisation_id`,
  );
  for (const row of rows) if (row.spent + row.reserved > row.cap) throw new Error(`${row.key} is overspent`);
  return Object.fromEntries(rows.map(({ key, ...balance }) => [key, balance]));
}

/** What changed between two looks, in pico-rho; accounts that did not change are left out. */
export function spentBetween(before: Balances, after: Balances): Record<string, bigint> {
  const changes = Object.entries(after).map(([key, now]) => {
    const then = before[key] ?? { spent: 0n, reserved: 0n };
    return [key, now.spent + now.reserved - then.spent - then.reserved] as const;
  });
  return Object.fromEntries(changes.filter(([, change]) => change !== 0n));
}
