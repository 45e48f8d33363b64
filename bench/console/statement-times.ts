import { readFileSync, statSync } from 'node:fs';
import pg from 'pg';

export type StatementTime = { ms: number; sql: string };

/** Makes the server write how long every statement took. Takes the superuser the embedded cluster has. */
export async function logEveryStatement(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('ALTER SYSTEM SET log_min_duration_statement = 0');
  await client.query('SELECT pg_reload_conf()');
  await client.end();
}

export const sizeOf = (file: string) => statSync(file).size;

/** One line per parsed, bound or executed statement, e.g. "LOG:  duration: 0.412 ms  execute <unnamed>: SELECT 1". */
const LINE = /duration: ([0-9.]+) ms {2}(?:statement|parse|bind|execute)(?: [^:]*)?: (.*)/;

/** The statements written to the server's log after `from` bytes. */
export function statementsSince(logFile: string, from: number): StatementTime[] {
  const text = readFileSync(logFile).subarray(from).toString('utf8');
  return text.split('\n').flatMap((line) => {
    const found = LINE.exec(line);
    return found ? [{ ms: Number(found[1]), sql: found[2] ?? '' }] : [];
  });
}
