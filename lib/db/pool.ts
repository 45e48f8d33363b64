import pg from 'pg';

// int8 columns hold pico-rho and sequence numbers: always bigint, never a rounded float. Set per pool, because
// Prisma reads through the same library and parses them itself.
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.INT8 && format !== 'binary'
      ? (text: string) => BigInt(text)
      : pg.types.getTypeParser(oid, format),
};

export type Pool = pg.Pool;
export type PoolClient = pg.PoolClient;

/** A warning at COMMIT means that its outcome is unknown (transaction.ts): no server setting may hide it. */
const SHOW_WARNINGS = '-c client_min_messages=warning';

const READ_ONLY = '-c default_transaction_read_only=on';
/**
 * For a pool whose every write is part of a transaction: outside of one the server refuses it. So BEGIN can travel with
 * the statements it is for (transaction.ts), and plans for arrays are made once, not for every length of them.
 */
const WRITES_IN_TRANSACTIONS = `${READ_ONLY} -c plan_cache_mode=force_generic_plan`;

export function writesOnlyInTransactions(pool: Pool): boolean {
  return pool.options?.options?.includes(READ_ONLY) === true;
}

export type PoolOptions = { writes?: 'anywhere' | 'in_transactions' };

/**
 * A pool for the hand-written SQL of the debit path. `max` bounds the connections this process may hold. A connection
 * sends a statement before the one ahead of it is answered (together.ts).
 */
export function createPool(databaseUrl: string, max = 10, { writes = 'anywhere' }: PoolOptions = {}): Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max,
    application_name: 'fdlr',
    types,
    pipeline: true,
    options: writes === 'anywhere' ? SHOW_WARNINGS : `${SHOW_WARNINGS} ${WRITES_IN_TRANSACTIONS}`,
  });
  // An idle connection that dies is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
}
