import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { existingClusterFolders } from './cluster-folder.ts';
import { forgetOutsideFolder } from './outside-folder.ts';
import { stopLeftover } from './stop-leftover.ts';

/** Stops the server that a killed run left on the cluster of `wanted`, so that its port is free again. */
export async function stopLeftoverCluster(wanted: string, log: (line: string) => void) {
  for (const folder of existingClusterFolders(resolve(wanted))) await stopLeftover(folder, log);
}

/** Deletes the cluster of `wanted` for good, wherever it lives, stopping a server that an earlier run left on it. */
export async function removeCluster(wanted: string, log: (line: string) => void) {
  await stopLeftoverCluster(wanted, log);
  for (const folder of existingClusterFolders(resolve(wanted))) {
    rmSync(folder, { recursive: true, force: true });
    forgetOutsideFolder(folder, resolve(wanted));
  }
}
