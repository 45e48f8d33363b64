import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeCluster } from '#lib/db/embedded-postgres/remove';
import { takeLock } from '../../scripts/process-lock.mjs';
import { OperatorError } from './operator-error.ts';

const MARKER = 'fdlr-data.json';
const LOCK = 'supervisor.lock';
/** The lock, and what a process that was killed while taking it may leave beside it. */
const isLock = (name: string) => name === LOCK || name.startsWith(`${LOCK}.`);

export type DataFolder = {
  root: string;
  keys: string;
  logs: string;
  /** Mails, where no SMTP_URL sends them anywhere. */
  mail: string;
  cluster: string;
  /** The last supervisor was killed: what it started may still be ending. */
  wasCutOff: boolean;
  /** Gives the folder back to the next supervisor. */
  release(): void;
};

/**
 * Opens (or makes) the folder and locks it. Throws an OperatorError for a folder that another supervisor uses and for
 * one that holds something else, which is never written to and never deleted.
 */
export function openDataFolder(root: string): DataFolder {
  const found = existsSync(root) ? readdirSync(root) : [];
  if (found.some((name) => !isLock(name)) && !found.includes(MARKER))
    throw new OperatorError(
      `${root} holds something else than a federation. Choose another folder with --data-dir.`,
    );
  mkdirSync(root, { recursive: true });
  // Postgres's own account passes through to its cluster; what is private is closed one level down.
  chmodSync(root, process.getuid?.() === 0 ? 0o711 : 0o700);
  const lock = takeLock(join(root, LOCK));
  if ('heldBy' in lock)
    throw new OperatorError(
      `${root} is in use by the supervisor with process id ${lock.heldBy}. Stop it, or choose another --data-dir.`,
    );
  const folder = {
    root,
    keys: join(root, 'keys'),
    logs: join(root, 'logs'),
    mail: join(root, 'mail'),
    cluster: join(root, 'postgres'),
  };
  furnish(folder);
  return { ...folder, wasCutOff: lock.tookOver, release: lock.release };
}

function furnish({ root, keys, logs, mail }: Record<'root' | 'keys' | 'logs' | 'mail', string>) {
  if (!existsSync(join(root, MARKER)))
    writeFileSync(
      join(root, MARKER),
      `${JSON.stringify({ product: 'federated-dp-llm-router', layout: 1 })}\n`,
    );
  // A data folder inside a checkout must show its keys neither to git nor to what reads git's ignore files.
  writeFileSync(join(root, '.gitignore'), '*\n');
  for (const folder of [keys, logs, mail]) mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** Deletes everything in an opened folder and leaves it as new, still locked. */
export async function emptyDataFolder(folder: DataFolder, log: (line: string) => void) {
  await removeCluster(folder.cluster, log);
  for (const name of readdirSync(folder.root))
    if (!isLock(name) && name !== MARKER) rmSync(join(folder.root, name), { recursive: true, force: true });
  furnish(folder);
}
