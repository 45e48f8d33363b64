import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A cluster that lives outside its data folder has a random name there, which the data folder keeps: when the data
 * folder goes, its name goes too, and a new one at the same path cannot meet the old cluster with new keys.
 */
const pointerOf = (wanted: string) => `${wanted}.elsewhere`;

/** Beside a folder outside: the path it stands for. */
const ownerFileOf = (outside: string) => `${outside}.belongs-to`;

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** The folder under `shared` that stands for `wanted`, if there is one. Throws where its name is damaged. */
export function outsideFolder(wanted: string, shared: string): string | undefined {
  const id = read(pointerOf(wanted));
  if (id === undefined) return undefined;
  if (!/^[0-9a-f]{16}$/.test(id))
    throw new Error(`${pointerOf(wanted)} is damaged: it names no folder in ${shared}.`);
  return join(shared, id);
}

/** Names a new folder under `shared` to stand for `wanted`. */
export function nameOutsideFolder(wanted: string, shared: string): string {
  const id = randomBytes(8).toString('hex');
  writeFileSync(pointerOf(wanted), id, { mode: 0o600 });
  return join(shared, id);
}

export const belongsTo = (outside: string, wanted: string) => read(ownerFileOf(outside)) === wanted;

/** Notes whose the folder is. A data folder that was moved takes it along; for a copy this throws, for two would share it. */
export function claimOutsideFolder(outside: string, wanted: string) {
  const owner = read(ownerFileOf(outside));
  if (owner === wanted) return;
  if (owner !== undefined && read(pointerOf(owner)) === read(pointerOf(wanted)))
    throw new Error(
      `${dirname(wanted)} is a copy of ${dirname(owner)}, and both name the same Postgres cluster. ` +
        'Begin anew with --reset, which leaves that one alone.',
    );
  mkdirSync(dirname(outside), { recursive: true, mode: 0o755 });
  writeFileSync(ownerFileOf(outside), wanted);
}

/** Folders under `shared` that stood for `wanted` in a data folder that is no more. */
export function abandonedFolders(wanted: string, shared: string): string[] {
  const names = existsSync(shared) ? readdirSync(shared, { withFileTypes: true }) : [];
  return names
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(shared, name))
    .filter((folder) => belongsTo(folder, wanted));
}

/** Removes both notes, once the folder is gone. */
export function forgetOutsideFolder(outside: string, wanted: string) {
  rmSync(ownerFileOf(outside), { force: true });
  rmSync(pointerOf(wanted), { force: true });
}
