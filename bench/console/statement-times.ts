import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { SUPERUSER } from '../../lib/db/embedded-postgres/initialise.ts';
import { loadKeys } from '../../worker/supervisor/keys.ts';

export type StatementTime = { ms: number; sql: string };

/** Makes the Postgres of a data folder write how long every statement took. It is two ports above the console. */
export async function logEveryStatement(dataDir: string, consoleUrl: string): Promise<void> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(new URL(consoleUrl).port) + 2,
    user: SUPERUSER,
    password: loadKeys(join(dataDir, 'keys')).postgresPassword,
    database: 'postgres',
  });
  await client.connect();
  await client.query('ALTER SYSTEM SET log_min_duration_statement = 0');
  await client.query('SELECT pg_reload_conf()');
  await client.end();
}

export const sizeOf = (file: string) => statSync(file).size;

/** One line per parsed, bound or executed statement, e.g. "LOG:  duration: 0.412 ms  execute <unnamed>: SELECT 1". */
const LINE = /duration: ([0-9.]+) ms {2}(?:statement|parse|bind|execute)(?: [^:]*)?: (.*)/;

/** The statements written to the server's log after `from` bytes. The lines of one begin with a tab after the first. */
export function statementsSince(logFile: string, from: number): StatementTime[] {
  const text = readFileSync(logFile).subarray(from).toString('utf8');
  return text
    .replaceAll(/\n\t\s*/g, ' ')
    .split('\n')
    .flatMap((line) => {
      const found = LINE.exec(line);
      return found ? [{ ms: Number(found[1]), sql: (found[2] ?? '').trim() }] : [];
    });
}
