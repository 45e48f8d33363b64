import { join } from 'node:path';
import { createDatabase } from '#lib/db/create-database';
import { startPostgres } from '#lib/db/embedded-postgres/start';
import { ensureGenerated } from '#lib/db/ensure-generated';
import { migrate } from '#lib/db/migrate';
import type { DataFolder } from './data-folder.ts';
import { rotateLog } from './log-file.ts';
import type { Running } from './running.ts';

export type DatabaseOptions = {
  /** DATABASE_URL: use that server and start none. */
  given: string | undefined;
  folder: DataFolder;
  port: number;
  password: string;
  running: Running;
  log: (line: string) => void;
};

/** Starts the embedded Postgres unless a server was given. Returns the URL of the federation's database. */
export async function openDatabase({ given, folder, port, password, running, log }: DatabaseOptions) {
  if (given) return given;
  const logFile = join(folder.logs, 'postgres.log');
  rotateLog(logFile);
  const starting = startPostgres({ folder: folder.cluster, port, password, logFile, log });
  running.addPostgres(starting, logFile);
  const url = (await starting).url('fdlr');
  await createDatabase(url);
  return url;
}

/** Brings typed client and tables to the schema of this checkout. Both are quick when nothing changed. */
export async function updateSchema(databaseUrl: string, log: (line: string) => void) {
  await ensureGenerated(log);
  await migrate(databaseUrl);
}
