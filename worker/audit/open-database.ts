import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createDatabase } from '#lib/db/create-database';
import { removeCluster } from '#lib/db/embedded-postgres/remove';
import { startPostgres } from '#lib/db/embedded-postgres/start';
import { ensureGenerated } from '#lib/db/ensure-generated';
import { migrate } from '#lib/db/migrate';
import { freePort } from '#lib/net/free-port';

/** A Postgres of the audit's own in its data folder, with an empty ledger: no other federation's is ever touched. */
export async function openDatabase(dataDir: string): Promise<{ url: string; stop(): Promise<void> }> {
  await ensureGenerated();
  const folder = join(dataDir, 'cluster');
  const server = await startPostgres({
    folder,
    port: await freePort(),
    password: randomBytes(16).toString('hex'),
    logFile: join(dataDir, 'postgres.log'),
  });
  const stop = async () => {
    await server.stop();
    await removeCluster(folder, () => {});
  };
  const url = server.url('audit');
  try {
    await createDatabase(url);
    await migrate(url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}
