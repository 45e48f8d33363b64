import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { makeClusterFolder } from '#lib/db/embedded-postgres/cluster-folder';
import { accountForPostgres } from '#lib/db/embedded-postgres/run-as';
import { processTree, stillRunning } from '../../../scripts/test/process-tree.ts';

/** Debian's: the embedded Postgres ships no pg_basebackup. */
export const DEBIAN_BIN = '/usr/lib/postgresql/15/bin';
export const hasDebianPostgres = () => existsSync(join(DEBIAN_BIN, 'pg_basebackup'));

/** Its account in a test's own cluster, which only this machine can reach for as long as the test runs. */
const USER = 'fdlr';
const READY_MS = 60_000;

/** What its tools get of our environment. */
const environment: NodeJS.ProcessEnv = { NODE_ENV: 'production', LC_ALL: 'C', TZ: 'UTC' };

/** Runs one of its tools to the end, as the account that Postgres runs under. */
async function tool(name: string, folder: string, args: string[]): Promise<void> {
  makeClusterFolder(
    folder,
    accountForPostgres(() => {}),
  );
  const child = spawn(join(DEBIAN_BIN, name), args, {
    ...accountForPostgres(() => {}),
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${name} failed: ${said.trim()}`);
}

export const initialise = (folder: string) =>
  tool('initdb', folder, [
    `--pgdata=${folder}`,
    `--username=${USER}`,
    '--auth=trust',
    '--encoding=UTF8',
    '--no-locale',
  ]);

/** Copies a running server, so that the copy follows it under `name` from its first start on. */
export const copyAsStandby = (folder: string, primaryPort: number, name: string) =>
  tool('pg_basebackup', folder, [
    `--pgdata=${folder}`,
    `--dbname=host=127.0.0.1 port=${primaryPort} user=${USER} application_name=${name}`,
    '--wal-method=stream',
    '--checkpoint=fast',
    '--write-recovery-conf',
    '--no-sync',
  ]);

export type DebianServer = {
  url(database?: string): string;
  /** To all its processes, as a power cut or a stopped machine. */
  signal(name: NodeJS.Signals): void;
  /** Ends it at once. */
  stop(): Promise<void>;
  ended: Promise<void>;
};

/** Starts a server of a cluster on 127.0.0.1. */
export async function startDebianPostgres(
  folder: string,
  port: number,
  settings: Record<string, string> = {},
): Promise<DebianServer> {
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    ...settings,
  };
  const output = openSync(`${folder}.log`, 'a', 0o600);
  const child = spawn(
    join(DEBIAN_BIN, 'postgres'),
    ['-D', folder, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...accountForPostgres(() => {}),
      cwd: folder,
      env: environment,
      stdio: ['ignore', output, output],
      detached: true,
    },
  );
  closeSync(output);
  const ended = once(child, 'exit').then(() => {});
  const url = (database = 'postgres') => `postgresql://${USER}@127.0.0.1:${port}/${database}`;
  for (const deadline = Date.now() + READY_MS; ; await sleep(30)) {
    const client = new pg.Client({ connectionString: url() });
    try {
      await client.connect();
      await client.end();
      const signal = (name: NodeJS.Signals) => {
        for (const pid of stillRunning(processTree(child.pid!))) process.kill(pid, name);
      };
      const stop = () => {
        child.kill('SIGQUIT');
        return ended;
      };
      return { url, signal, stop, ended };
    } catch (cause) {
      if (child.exitCode !== null || Date.now() > deadline)
        throw new Error(`Debian's Postgres did not start. Its log is ${folder}.log.`, { cause });
    }
  }
}
