import type { Pool } from '#lib/db/pool';

/** Every router holds it, shared, as long as it lives; whoever reconciles the ledger holds it alone. */
const KEY = `hashtextextended('fdlr ledger', 0)`;
export const SHARE_LEDGER_SQL = `SELECT pg_try_advisory_lock_shared(${KEY}) AS got`;

export class LedgerTakenError extends Error {
  override readonly name = 'LedgerTakenError';
  constructor(message = 'The ledger is being reconciled. Start the router again when that is done.') {
    super(message);
  }
}

/** Runs `work` while no router lives and none can start. @throws LedgerTakenError when one does. */
export async function withLedgerAlone<T>(pool: Pool, work: () => Promise<T>): Promise<T> {
  const holder = await pool.connect();
  try {
    const lock = await holder.query(`SELECT pg_try_advisory_lock(${KEY}) AS got`);
    if (!lock.rows[0].got) {
      throw new LedgerTakenError(
        'A router runs on this database, or somebody else reconciles it. Stop every router first.',
      );
    }
    const done = await work();
    // Before we return: Postgres sees that a connection was closed a moment later, and who reconciles again at once would
    // be refused.
    await holder.query(`SELECT pg_advisory_unlock(${KEY})`).catch(() => {});
    return done;
  } finally {
    // Closing the connection gives the lock back, whatever happened to it.
    holder.release(true);
  }
}
