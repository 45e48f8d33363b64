import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { installJobs } from '#lib/jobs/install';
import { finishMigrations } from './finish-migrations.ts';
import { PROJECT_ROOT, runPrisma } from './prisma-cli.ts';

const MIGRATIONS = join(PROJECT_ROOT, 'prisma/migrations');

/** No such table; no such database. */
const NOTHING_THERE = ['42P01', '3D000'];

/** Every migration by name, with its content's hash as Prisma notes it in its table. */
function migrationsOnDisk(): Map<string, { checksum: string; file: string }> {
  const folders = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return new Map(
    folders.map(({ name }) => {
      const file = join(MIGRATIONS, name, 'migration.sql');
      return [name, { checksum: createHash('sha256').update(readFileSync(file)).digest('hex'), file }];
    }),
  );
}

async function isCurrent(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    const applied = await client.query<{ name: string; checksum: string; finished: boolean }>(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
         FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
    );
    const onDisk = migrationsOnDisk();
    return (
      applied.rows.length === onDisk.size &&
      applied.rows.every((row) => row.finished && onDisk.get(row.name)?.checksum === row.checksum)
    );
  } catch (error) {
    if (error instanceof pg.DatabaseError && NOTHING_THERE.includes(error.code ?? '')) return false;
    throw error;
  } finally {
    await client.end();
  }
}

/**
 * Brings a database to the newest migration, making it where it is missing, and the job queue beside it to its newest
 * form. Returns whether there was a migration to do.
 */
export async function migrate(databaseUrl: string): Promise<boolean> {
  const current = await isCurrent(databaseUrl);
  if (!current) {
    await finishMigrations(databaseUrl, migrationsOnDisk());
    await runPrisma(['migrate', 'deploy'], databaseUrl);
  }
  await installJobs(databaseUrl);
  return !current;
}
