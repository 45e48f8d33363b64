import type { Pool, PoolClient } from '#lib/db/pool';

/**
 * Makes sure that no other live process has this replica's name: at start, what the name left reserved is charged,
 * and that must never be a living request. The lock is held by one connection for the life of the process.
 */
export async function holdReplica(pool: Pool, replica: string): Promise<PoolClient> {
  const client = await pool.connect();
  const lock = await client.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS got', [
    `replica ${replica}`,
  ]);
  if (lock.rows[0].got) return client;
  client.release();
  throw new Error(`Another router runs as replica "${replica}". Give this one another FDLR_REPLICA.`);
}
