import pg from 'pg';

// int8 columns hold pico-rho and sequence numbers: always bigint, never a rounded float.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => BigInt(text));

export type Pool = pg.Pool;
export type PoolClient = pg.PoolClient;

/** A pool for the hand-written SQL of the debit path. `max` bounds the connections this process may hold. */
export function createPool(databaseUrl: string, max = 10): Pool {
  const pool = new pg.Pool({ connectionString: databaseUrl, max, application_name: 'fdlr' });
  // An idle connection that dies is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
}
