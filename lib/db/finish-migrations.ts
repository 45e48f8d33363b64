import { readFileSync } from 'node:fs';
import pg from 'pg';

/** Prisma's own, for as long as it migrates: what it is at work on has not been cut off. */
const MIGRATE_LOCK = 72_707_369;
const NO_SUCH_TABLE = '42P01';
const NO_SUCH_DATABASE = '3D000';
/** Duplicate table, column, object, schema. */
const EXISTS_ALREADY = ['42P07', '42701', '42710', '42P06'];

const codeOf = (error: unknown) => (error instanceof pg.DatabaseError ? (error.code ?? '') : '');

/**
 * Finishes migrations that a crash cut off: Prisma notes that it begins one, and refuses all work where no end was noted. A
 * migration is one transaction, so all of it happened or nothing: it is made again, together with the note of its end, and
 * where its tables exist already only the note was missing. One that failed has said why; that is an operator's to mend.
 * @param onDisk of each migration its checksum and its file.
 */
export async function finishMigrations(
  databaseUrl: string,
  onDisk: ReadonlyMap<string, { checksum: string; file: string }>,
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATE_LOCK]);
    const cutOff = await client.query<{ id: string; name: string; checksum: string }>(
      `SELECT id, migration_name AS name, checksum FROM _prisma_migrations
       WHERE finished_at IS NULL AND rolled_back_at IS NULL AND coalesce(logs, '') = '' ORDER BY migration_name`,
    );
    for (const { id, name, checksum } of cutOff.rows) {
      const migration = onDisk.get(name);
      if (migration?.checksum === checksum) await finish(client, id, readFileSync(migration.file, 'utf8'));
    }
  } catch (error) {
    if (codeOf(error) !== NO_SUCH_TABLE && codeOf(error) !== NO_SUCH_DATABASE) throw error;
  } finally {
    await client.end();
  }
}

async function finish(client: pg.Client, id: string, sql: string): Promise<void> {
  const note = () =>
    client.query('UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1', [
      id,
    ]);
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await note();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    if (!EXISTS_ALREADY.includes(codeOf(error))) throw error;
    await note();
  }
}
