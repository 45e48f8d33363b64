import { createHash, type Hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '#lib/db/prisma-cli';

/** A hash over files and folders of this checkout, tests and generated code left out. A path that is not there counts as nothing. */
export function sourceHash(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) addTo(hash, path);
  return hash.digest('hex');
}

function addTo(hash: Hash, path: string) {
  const full = join(PROJECT_ROOT, path);
  if (!existsSync(full) || path === 'lib/db/generated' || /\.test\.tsx?$/.test(path)) return;
  if (statSync(full).isDirectory())
    for (const name of readdirSync(full).sort()) addTo(hash, `${path}/${name}`);
  else hash.update(`${path}\0`).update(readFileSync(full)).update('\0');
}
