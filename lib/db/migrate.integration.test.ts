import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fragile, startFragilePostgres } from '#lib/ledger/testing/fragile-postgres';
import { openAccounts } from '#lib/ledger/testing/made-up-moves';
import { createDatabase } from './create-database.ts';
import { migrate } from './migrate.ts';
import { createPool } from './pool.ts';
import { PROJECT_ROOT } from './prisma-cli.ts';
import { makeTestFolder, removeTestFolder } from './testing-leftovers.ts';

let folder: string;
let postgres: Fragile;
beforeAll(async () => {
  folder = makeTestFolder('postgres');
  postgres = await startFragilePostgres(folder);
});
afterAll(async () => {
  await postgres?.stop();
  await removeTestFolder(folder);
});

const MIGRATIONS = join(PROJECT_ROOT, 'prisma/migrations');
const LAST = '20261123150000_ledger_and_log';

/** A database as it was before the migration `next`, noted as Prisma notes it. */
async function migrateUpTo(databaseUrl: string, next: string): Promise<void> {
  const pool = createPool(databaseUrl, 1);
  await pool.query(`CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL,
    finished_at timestamptz, migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`);
  const names = readdirSync(MIGRATIONS).filter((name) => /^\d/.test(name) && name < next);
  for (const name of names.sort()) {
    const sql = readFileSync(join(MIGRATIONS, name, 'migration.sql'));
    await pool.query(sql.toString());
    await pool.query(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
       VALUES ($1, $2, now(), $3, 1)`,
      [randomUUID(), createHash('sha256').update(sql).digest('hex'), name],
    );
  }
  await pool.end();
}

describe('crash mid-migration', () => {
  test('the next start migrates, and the ledger is as it was', async () => {
    const databaseUrl = Object.assign(new URL(postgres.databaseUrl), { pathname: '/midway' }).href;
    await createDatabase(databaseUrl);
    await migrateUpTo(databaseUrl, LAST);
    const before = createPool(databaseUrl, 3);
    const accountIds = await openAccounts(before, [8n, 8n]);
    // The migration gets as far as this table, and waits for it.
    const holder = await before.connect();
    holder.on('error', () => {});
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE "session"');
    const cut = Promise.allSettled([migrate(databaseUrl)]);
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = 'midway'`;
    await expect.poll(async () => (await before.query(waiting)).rowCount).toBe(1);
    postgres.kill('everything');
    expect(await cut).toMatchObject([{ status: 'rejected' }]);
    holder.release(true);
    await before.end();
    await postgres.restart();

    expect(await migrate(databaseUrl)).toBe(true);
    expect(await migrate(databaseUrl)).toBe(false);
    const after = createPool(databaseUrl, 1);
    const { rows } = await after.query<{ id: string }>('SELECT id FROM account');
    expect(rows.map(({ id }) => id).sort()).toEqual(accountIds.toSorted());
    await after.end();
  });

  test.each([
    ['that had committed, and whose end was not noted: it is noted', null],
    ['that failed is left to its operator', 'column "x" does not exist'],
  ])('a migration %s', async (_, logs) => {
    const pool = createPool(postgres.databaseUrl, 1);
    const set = (how: string, ...values: unknown[]) =>
      pool.query(`UPDATE _prisma_migrations SET ${how} WHERE migration_name = '${LAST}'`, values);
    try {
      await set('finished_at = NULL, applied_steps_count = 0, logs = $1', logs);
      if (logs === null) expect(await migrate(postgres.databaseUrl)).toBe(true);
      else await expect(migrate(postgres.databaseUrl)).rejects.toThrow(/P3009/);
    } finally {
      await set('finished_at = now(), logs = NULL');
      await pool.end();
    }
  });
});
