import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import pg from 'pg';
import { STALE_AFTER_MS } from './testing-leftovers.ts';

const OURS = /^fdlr_(?:template|test|e2e)_([0-9a-z]{8,9})_([A-Za-z0-9]{6})_[0-9a-f]{8}$/;

/** Names the run that a temporary folder was made for; runs of a single file have none of their own. */
export const runOf = (folder: string) =>
  /^fdlr-test-run-([A-Za-z0-9]{6})$/.exec(basename(folder))?.[1] ?? 'single';

/** A name that says when and by which run the database was made: a run that was cut off cannot drop it any more. */
export function testDatabaseName(kind: 'template' | 'test' | 'e2e', run = runOf(tmpdir())): string {
  return `fdlr_${kind}_${Date.now().toString(36)}_${run}_${randomBytes(4).toString('hex')}`;
}

/** Notes a further template database of the run in its folder, to be dropped with it. */
export function templateIn(seededFolder: string, databaseUrl: string): { url: string; name: string } {
  const url = new URL(databaseUrl);
  const name = testDatabaseName('template');
  url.pathname = `/${name}`;
  writeFileSync(join(seededFolder, `${name}.database`), '');
  return { url: url.href, name };
}

/** Drops the test databases of a run, or without one those that are hours old. Returns their names. */
export async function sweepTestDatabases(
  serverUrl: string,
  { run, now = Date.now() }: { run?: string; now?: number } = {},
): Promise<string[]> {
  const at = new URL(serverUrl);
  at.pathname = '/postgres';
  const client = new pg.Client({ connectionString: at.href });
  await client.connect();
  try {
    const found = await client.query<{ datname: string }>('SELECT datname FROM pg_database');
    const names = found.rows.map(({ datname }) => datname);
    const stale = names.filter((name) => {
      const [, madeAt, madeBy] = OURS.exec(name) ?? [];
      if (madeAt === undefined) return false;
      return run ? madeBy === run : Number.parseInt(madeAt, 36) < now - STALE_AFTER_MS;
    });
    for (const name of stale)
      await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
    return stale;
  } finally {
    await client.end();
  }
}
