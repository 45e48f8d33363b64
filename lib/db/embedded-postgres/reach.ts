import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { RunAs } from './run-as.ts';

const READ = 0o4;
const TRAVERSE = 0o1;

function allows(path: string, account: NonNullable<RunAs>, bits: number): boolean {
  const { uid, gid, mode } = statSync(path);
  // Only the primary group counts: supplementary groups are dropped when the process changes account.
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & bits) === bits;
}

/** Whether the account can pass through every folder from the root down to `folder`, which exists. */
export function canEnter(folder: string, account: RunAs): boolean {
  if (!account) return true;
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (!allows(at, account, TRAVERSE)) return false;
    if (at === dirname(at)) return true;
  }
}

/** Whether the account can also read `path` itself. */
export function canRead(path: string, account: RunAs): boolean {
  return !account || (canEnter(dirname(path), account) && allows(path, account, READ));
}
