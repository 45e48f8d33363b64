import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { startPostgres } from '../../lib/db/embedded-postgres/start.ts';
import { ensureGenerated } from '../../lib/db/ensure-generated.ts';
import { migrate } from '../../lib/db/migrate.ts';
import { createPool, type Pool } from '../../lib/db/pool.ts';
import { transaction } from '../../lib/db/transaction.ts';
import { openAccount } from '../../lib/ledger/open-account.ts';
import { freePort } from '../../lib/net/free-port.ts';

export type BenchServer = {
  url(database: string): string;
  /** The postmaster's: its children are the backends. */
  pid: number;
  stop(): Promise<void>;
};

/** The embedded Postgres exactly as the product starts it, in a folder of its own. */
export async function startBenchServer(folder: string): Promise<BenchServer> {
  await ensureGenerated();
  return startPostgres({
    folder: join(folder, 'cluster'),
    port: await freePort(),
    password: randomBytes(16).toString('hex'),
    logFile: join(folder, 'postgres.log'),
  });
}

export type BenchAccounts = { hot: string; spread: string[] };

/** Caps that no run uses up. */
const CAP = 10n ** 15n;

/** A migrated database with one account for everybody and a thousand for a few each. */
export async function makeLedger(
  url: string,
  accounts: number,
): Promise<{ pool: Pool; accounts: BenchAccounts }> {
  await migrate(url);
  const pool = createPool(url, 4);
  const owners = Array.from({ length: accounts + 1 }, () => randomUUID());
  await transaction(pool, async (client) => {
    for (const ownerId of owners) {
      await openAccount(client, {
        kind: 'user',
        ownerId,
        organisationId: randomUUID(),
        name: 'bench',
        period: '2026',
        capRhoPico: CAP,
        delta: '0.00001',
      });
    }
  });
  // What autovacuum does within a minute, and a run is shorter.
  await pool.query('ANALYZE');
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM account ORDER BY id');
  const [hot, ...spread] = rows.map((row) => row.id);
  return { pool, accounts: { hot: hot!, spread } };
}
