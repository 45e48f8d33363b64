import type { Pool } from '#lib/db/pool';

/** An entry as it was hashed. Throws when no leaf has this hash. */
export async function readEntry(pool: Pool, leafHash: Buffer): Promise<Buffer> {
  const found = await pool.query<{ entry: Buffer }>('SELECT entry FROM audit_leaf WHERE leaf_hash = $1', [
    leafHash,
  ]);
  if (!found.rows[0]) throw new Error('no leaf has this hash');
  return found.rows[0].entry;
}
