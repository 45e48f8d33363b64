import { runOf, sweepTestDatabases } from '#lib/db/testing-databases';
import { makeTestFolder, removeTestFolder, sweepTestFolders } from '#lib/db/testing-leftovers';
import { testEnv } from '#lib/env';
import { endWhatWeStarted } from './process-tree.ts';

/** Makes the folder for all temporary files of a run, and sweeps what runs of earlier hours have left. */
export async function openRun(): Promise<string> {
  for (const name of await sweepTestFolders()) console.log(`Removed ${name}, left behind by an earlier run`);
  return makeTestFolder('run');
}

/** Leaves nothing of the run behind, wherever it was cut off: no process, no temporary file, no database. */
export async function closeRun(folder: string) {
  await endWhatWeStarted();
  await removeTestFolder(folder);
  const { DATABASE_URL } = testEnv();
  if (DATABASE_URL) await sweepTestDatabases(DATABASE_URL, { run: runOf(folder) });
}
