import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type DataFolder, emptyDataFolder } from './data-folder.ts';
import { beginEmpty, restoreSnapshot } from './snapshot.ts';
import { findSnapshot, type Snapshot } from './snapshot-record.ts';

/** Before the database runs: finds the copy to restore, or empties the folder where there is none and says why. */
export async function prepareReset(
  folder: DataFolder,
  log: (line: string) => void,
): Promise<Snapshot | undefined> {
  const found = findSnapshot(folder.root);
  if ('missing' in found) {
    await beginAnew(folder, found.missing, log);
    return undefined;
  }
  for (const name of readdirSync(folder.logs)) rmSync(join(folder.logs, name), { force: true });
  return found.snapshot;
}

/** Deletes everything, so that what follows is a first start. */
export async function beginAnew(folder: DataFolder, why: string, log: (line: string) => void): Promise<void> {
  await emptyDataFolder(folder, log);
  log(`Emptied ${folder.root}, to seed it in full: ${why}`);
}

/** Once the database runs: the demo as it was seeded, or an empty ledger to seed where the copy has gone. */
export async function finishReset(
  databaseUrl: string,
  root: string,
  snapshot: Snapshot,
  log: (line: string) => void,
): Promise<void> {
  if (await restoreSnapshot(databaseUrl, root, snapshot)) {
    log(`The demo is again as it was seeded on ${snapshot.madeOn}; its keys and passwords are kept`);
    return;
  }
  await beginEmpty(databaseUrl, root);
  log(`The snapshot ${snapshot.database} is no longer there: the ledger is seeded in full`);
}
