import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The account Postgres runs under. Undefined: the one we already run under. */
export type RunAs = { uid: number; gid: number } | undefined;

function findAccount(): RunAs {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/**
 * Postgres refuses to run as root, so root lends it the `postgres` account, made on the first run where it is missing.
 * Throws where the account can be neither found nor made.
 */
export function accountForPostgres(log: (line: string) => void): RunAs {
  if (process.getuid?.() !== 0) return undefined;
  const existing = findAccount();
  if (existing) return existing;
  log('Postgres does not run as root: making a system account named postgres for it.');
  try {
    execFileSync('useradd', ['--system', '--user-group', '--shell', '/usr/sbin/nologin', 'postgres'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (cause) {
    throw new Error('No account named postgres could be made. Start as a normal user, or set DATABASE_URL.', {
      cause,
    });
  }
  const made = findAccount();
  if (!made)
    throw new Error('The account postgres was made and is still not in /etc/passwd. Set DATABASE_URL.');
  return made;
}
