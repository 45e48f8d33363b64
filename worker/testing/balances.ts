import type { Pool } from '#lib/db/pool';
import { findMismatches } from '#lib/ledger/check-sums';

export type Balances = Record<string, { spent: bigint; reserved: bigint; cap: bigint }>;

/** Every account of the ledger by kind and name, after checking that each is the sum of its entries and within its cap. */
export async function balances(pool: Pool): Promise<Balances> {
  const mismatches = await findMismatches(pool);
  if (mismatches.length > 0)
    throw new Error(`accounts are not the sum of their entries: ${JSON.stringify(mismatches)}`);
  const { rows } = await pool.query<{ key: string; spent: bigint; reserved: bigint; cap: bigint }>(
    `SELECT kind || '/' || name AS key, spent_rho_pico AS spent, reserved_rho_pico AS reserved, cap_rho_pico AS cap
     FROM account`,
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
