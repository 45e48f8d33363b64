import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase } from '#lib/db/create-database';
import { type PostgresServer, startPostgres } from '#lib/db/embedded-postgres/start';
import { migrate } from '#lib/db/migrate';
import { freePort } from '#lib/net/free-port';
import { processTree, signal } from '../../../scripts/test/process-tree.ts';

const RESTART_MS = 60_000;

export type Fragile = {
  databaseUrl: string;
  /** kill -9 of the postmaster alone, which its backends notice, or of all its processes at once, as a power cut. */
  kill(what: 'postmaster' | 'everything'): void;
  /** Starts it again on what is on the disk. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** A Postgres of the suite's own, to be killed and started again, with a migrated database in it. */
export async function startFragilePostgres(folder: string): Promise<Fragile> {
  const options = {
    folder: join(folder, 'cluster'),
    port: await freePort(),
    password: randomBytes(16).toString('hex'),
    logFile: join(folder, 'postgres.log'),
  };
  let server: PostgresServer = await startPostgres(options);
  const databaseUrl = server.url('fdlr');
  await createDatabase(databaseUrl);
  await migrate(databaseUrl);
  return {
    databaseUrl,
    kill: (what) => {
      // Some end by themselves as soon as the postmaster is gone.
      signal(what === 'everything' ? processTree(server.pid) : [server.pid], 'SIGKILL');
    },
    restart: async () => {
      await server.ended;
      // Backends that outlive their postmaster for a moment keep its memory: until they see it, nobody may start.
      for (const deadline = Date.now() + RESTART_MS; ; ) {
        try {
          server = await startPostgres(options);
          return;
        } catch (error) {
          if (Date.now() > deadline) throw error;
          await sleep(50);
        }
      }
    },
    stop: () => server.stop(),
  };
}
