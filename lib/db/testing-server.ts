import { randomBytes } from 'node:crypto';
import { existsSync, globSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { testEnv } from '#lib/env';
import { freePort } from '#lib/net/free-port';
import { createDatabase, dropDatabase } from './create-database.ts';
import { type PostgresServer, startPostgres } from './embedded-postgres/start.ts';
import { ensureGenerated } from './ensure-generated.ts';
import { migrate } from './migrate.ts';
import { sweepTestDatabases, testDatabaseName } from './testing-databases.ts';
import { makeTestFolder, removeTestFolder, sweepTestFolders } from './testing-leftovers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the migrated template database that testDatabase() clones. */
    templateDatabaseUrl: string;
    /** Folder of the run for scenarios that are seeded once and copied. */
    seededFolder: string;
  }
}

const STOP_MS = 10_000;

async function ownServer() {
  const folder = makeTestFolder('postgres');
  const cluster = join(folder, 'cluster');
  const server = await startPostgres({
    folder: cluster,
    port: await freePort(),
    password: randomBytes(16).toString('hex'),
    logFile: join(folder, 'postgres.log'),
  });
  const endWithUs = () => endAtOnce(server, cluster, folder);
  const hangUp = () => process.exit(129);
  process.once('exit', endWithUs);
  process.once('SIGHUP', hangUp);
  const stop = async () => {
    process.off('exit', endWithUs);
    process.off('SIGHUP', hangUp);
    await server.stop();
    await removeTestFolder(folder);
  };
  return { adminUrl: server.url(), stop };
}

/** A run that is cut off skips its teardown, and a process that exits can wait for nothing: so this blocks. */
function endAtOnce(server: PostgresServer, cluster: string, folder: string) {
  process.kill(server.pid, 'SIGQUIT');
  const cell = new Int32Array(new SharedArrayBuffer(4));
  // Postgres removes the file as the last thing it does.
  for (let waitedMs = 0; existsSync(join(cluster, 'postmaster.pid')) && waitedMs < STOP_MS; waitedMs += 50)
    Atomics.wait(cell, 0, 0, 50);
  rmSync(folder, { recursive: true, force: true });
}

type Server = { templateDatabaseUrl: string; seededFolder: string; stop(): Promise<void> };

/** One Postgres for the run (DATABASE_URL, or the embedded one) with one migrated template. */
async function startServer(): Promise<Server> {
  await ensureGenerated();
  const { DATABASE_URL } = testEnv();
  await sweepTestFolders();
  if (DATABASE_URL) await sweepTestDatabases(DATABASE_URL);
  const server = DATABASE_URL ? { adminUrl: DATABASE_URL, stop: async () => {} } : await ownServer();
  const template = new URL(server.adminUrl);
  template.pathname = `/${testDatabaseName('template')}`;
  const seeded = makeTestFolder('seeded');
  const stop = async () => {
    const further = globSync('*.database', { cwd: seeded });
    for (const name of further) await dropDatabase(new URL(`/${basename(name, '.database')}`, template).href);
    await removeTestFolder(seeded);
    await dropDatabase(template.href);
    await server.stop();
  };
  try {
    await createDatabase(template.href);
    await migrate(template.href);
  } catch (error) {
    await stop();
    throw error;
  }
  return { templateDatabaseUrl: template.href, seededFolder: seeded, stop };
}

/** What the projects of a run share, each of which loads this file anew. */
const shared = globalThis as typeof globalThis & {
  fdlrTestServer?: { users: number; started: Promise<Server> };
};

/** vitest's global set-up, called for every project with a database: the first one starts the server, the last one stops it. */
export default async function setup(project: TestProject) {
  shared.fdlrTestServer ??= { users: 0, started: startServer() };
  const one = shared.fdlrTestServer;
  one.users++;
  const { templateDatabaseUrl, seededFolder, stop } = await one.started;
  project.provide('templateDatabaseUrl', templateDatabaseUrl);
  project.provide('seededFolder', seededFolder);
  return async () => {
    if (--one.users > 0) return;
    delete shared.fdlrTestServer;
    await stop();
  };
}
