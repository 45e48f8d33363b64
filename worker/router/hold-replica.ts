import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from '#lib/db/pool';
import { LedgerTakenError, SHARE_LEDGER_SQL } from '#lib/ledger/reconcile/ledger-lock';
import type { Logger } from '#lib/log';

const RETRY_MS = 1_000;

/** Another live process has this replica's name. */
export class ReplicaTakenError extends Error {
  override readonly name = 'ReplicaTakenError';
  constructor(replica: string) {
    super(`Another router runs as replica "${replica}". Give this one another FDLR_REPLICA.`);
  }
}

/**
 * Makes sure that no other live process has this replica's name: at start, what the name left reserved is charged,
 * and that must never be a living request. One connection holds the lock for the life of the process; when the
 * database cuts it, the lock is taken again, and `onLost` is called if another process was faster. Beside it every router
 * shares the lock on the ledger, which reconciling it takes for itself.
 */
export async function holdReplica(
  pool: Pool,
  replica: string,
  log: Logger,
  onLost: (error: Error) => void,
): Promise<() => void> {
  let released = false;
  let client: PoolClient | null = null;
  const take = async (): Promise<void> => {
    const holder = await pool.connect();
    try {
      const lock = await holder.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS got', [
        `replica ${replica}`,
      ]);
      if (!lock.rows[0].got) throw new ReplicaTakenError(replica);
      const shared = await holder.query(SHARE_LEDGER_SQL);
      if (!shared.rows[0].got) throw new LedgerTakenError();
    } catch (error) {
      holder.release(true);
      throw error;
    }
    if (released) return holder.release(true);
    client = holder;
    holder.once('error', (error) => {
      client = null;
      holder.release(true);
      log.warn({ reason: error.message }, 'lost the connection that holds the replica name; taking it again');
      void takeAgain();
    });
  };
  const takeAgain = async (): Promise<void> => {
    while (!released) {
      try {
        return await take();
      } catch (error) {
        if (error instanceof ReplicaTakenError || error instanceof LedgerTakenError) return onLost(error);
        await sleep(RETRY_MS);
      }
    }
  };
  await take();
  return () => {
    released = true;
    client?.release(true);
    client = null;
  };
}
