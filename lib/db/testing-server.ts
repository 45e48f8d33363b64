import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { testEnv } from '#lib/env';
import { createDatabase, dropDatabase } from './create-database.ts';
import { removeCluster } from './embedded-postgres/remove.ts';
import { startPostgres } from './embedded-postgres/start.ts';
import { ensureGenerated } from './ensure-generated.ts';
import { migrate } from './migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the migrated template database that testDatabase() clones. */
    templateDatabaseUrl: string;
  }
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer().once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? done(address.port) : failed(new Error('no port')),
      );
    });
  });
}

async function ownServer() {
  const folder = mkdtempSync(join(tmpdir(), 'fdlr-test-postgres-'));
  // Postgres may run under another account than ours, and passes through here to its cluster.
  chmodSync(folder, 0o711);
  const server = await startPostgres({
    folder: join(folder, 'cluster'),
    port: await freePort(),
    password: randomBytes(16).toString('hex'),
    logFile: join(folder, 'postgres.log'),
  });
  // A run that is cut off skips its teardown.
  const endWithUs = () => process.kill(server.pid, 'SIGINT');
  process.once('exit', endWithUs);
  const stop = async () => {
    process.off('exit', endWithUs);
    await server.stop();
    await removeCluster(join(folder, 'cluster'), () => {});
    rmSync(folder, { recursive: true, force: true });
  };
  return { adminUrl: server.url(), stop };
}

/** vitest's global set-up: one Postgres for the run (DATABASE_URL, or the embedded one) with one migrated template. */
export default async function setup(project: TestProject) {
  await ensureGenerated();
  const { DATABASE_URL } = testEnv();
  const server = DATABASE_URL ? { adminUrl: DATABASE_URL, stop: async () => {} } : await ownServer();
  const template = new URL(server.adminUrl);
  template.pathname = `/fdlr_template_${randomBytes(4).toString('hex')}`;
  const teardown = async () => {
    await dropDatabase(template.href);
    await server.stop();
  };
  try {
    await createDatabase(template.href);
    await migrate(template.href);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('templateDatabaseUrl', template.href);
  return teardown;
}
