import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SHARED_STATE } from './binaries.ts';
import { canEnter } from './reach.ts';
import type { RunAs } from './run-as.ts';

/**
 * Where the cluster of `wanted` lives: there, or under /var/lib/fdlr where Postgres's account cannot get there (a data
 * folder below a closed home folder). A cluster that exists stays where it is.
 */
export function chooseClusterFolder(wanted: string, account: RunAs, log: (line: string) => void): string {
  const elsewhere = clusterFolderElsewhere(wanted);
  if (existsSync(elsewhere)) return elsewhere;
  if (existsSync(wanted) || canEnter(dirname(wanted), account)) return wanted;
  log(`Postgres's account cannot reach ${wanted}: its data goes to ${elsewhere}.`);
  return elsewhere;
}

/** Where a cluster of `wanted` exists now. */
export function existingClusterFolders(wanted: string): string[] {
  return [wanted, clusterFolderElsewhere(wanted)].filter((folder) => existsSync(folder));
}

function clusterFolderElsewhere(wanted: string): string {
  return join(SHARED_STATE, createHash('sha256').update(wanted).digest('hex').slice(0, 16));
}

/** Makes the folder as Postgres demands it: its account's own, mode 700. */
export function makeClusterFolder(folder: string, account: RunAs) {
  mkdirSync(dirname(folder), { recursive: true, mode: 0o755 });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  if (account) chownSync(folder, account.uid, account.gid);
}
