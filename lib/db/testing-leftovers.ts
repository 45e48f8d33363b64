import { chmodSync, existsSync, globSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { removeCluster } from './embedded-postgres/remove.ts';
import { stopLeftover } from './embedded-postgres/stop-leftover.ts';

/** What a run that was cut off left behind is swept by a later one, when no run can still need it. */
export const STALE_AFTER_MS = 6 * 60 * 60_000;

const OURS = /^fdlr-test-(?:run-|postgres-|seeded-)?[A-Za-z0-9]{6}$/;
/** A data folder of the product, which somebody may have named like ours. */
const MARKER = 'fdlr-data.json';

/** A temporary folder by a name that a later run knows as ours. */
export function makeTestFolder(kind: 'run' | 'postgres' | 'seeded'): string {
  const folder = mkdtempSync(join(tmpdir(), `fdlr-test-${kind}-`));
  // Postgres may run under another account than ours, and passes through here to its cluster.
  chmodSync(folder, 0o711);
  return folder;
}

/** Deletes the folder with whatever is in it, stopping the servers of the clusters it holds. */
export async function removeTestFolder(folder: string) {
  for (const pidFile of globSync('**/postmaster.pid', { cwd: folder }))
    await stopLeftover(join(folder, dirname(pidFile)), () => {});
  for (const pointer of globSync('**/*.elsewhere', { cwd: folder }))
    await removeCluster(join(folder, pointer.replace(/\.elsewhere$/, '')), () => {});
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

/** Deletes this user's test folders that nobody has touched for hours. Returns their names. */
export async function sweepTestFolders(within = tmpdir(), now = Date.now()): Promise<string[]> {
  const stale = readdirSync(within).filter((name) => {
    if (!OURS.test(name) || existsSync(join(within, name, MARKER))) return false;
    const found = statSync(join(within, name), { throwIfNoEntry: false });
    return found && found.uid === process.getuid?.() && found.mtimeMs < now - STALE_AFTER_MS;
  });
  for (const name of stale) await removeTestFolder(join(within, name));
  return stale;
}
