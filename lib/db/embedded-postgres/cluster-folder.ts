import { chmodSync, chownSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { SHARED_STATE } from './binaries.ts';
import {
  abandonedFolders,
  belongsTo,
  claimOutsideFolder,
  nameOutsideFolder,
  outsideFolder,
} from './outside-folder.ts';
import { canEnter } from './reach.ts';
import type { RunAs } from './run-as.ts';

/**
 * Where the cluster of `wanted` lives: there, or under /var/lib/fdlr where Postgres's account cannot get there (a data
 * folder below a closed home folder). A cluster that exists stays where it is. Throws for a data folder that is a copy
 * of another whose cluster is outside.
 */
export function chooseClusterFolder(
  wanted: string,
  account: RunAs,
  log: (line: string) => void,
  shared = SHARED_STATE,
): string {
  const named = outsideFolder(wanted, shared);
  if (!named && (existsSync(wanted) || canEnter(dirname(wanted), account))) return wanted;
  if (!named)
    for (const left of abandonedFolders(wanted, shared))
      log(`${left} holds the Postgres data of an earlier ${dirname(wanted)}. Delete it if nobody needs it.`);
  const folder = named ?? nameOutsideFolder(wanted, shared);
  claimOutsideFolder(folder, wanted);
  if (!named) log(`Postgres's account cannot reach ${wanted}: its data goes to ${folder}.`);
  return folder;
}

/** Where a cluster of `wanted` exists now; never that of another data folder. */
export function existingClusterFolders(wanted: string, shared = SHARED_STATE): string[] {
  const outside = outsideFolder(wanted, shared);
  const ours = outside && belongsTo(outside, wanted) ? [wanted, outside] : [wanted];
  return ours.filter((folder) => existsSync(folder));
}

/** Makes the folder as Postgres demands it: its account's own, mode 700. */
export function makeClusterFolder(folder: string, account: RunAs) {
  mkdirSync(dirname(folder), { recursive: true, mode: 0o755 });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  if (account) chownSync(folder, account.uid, account.gid);
}
