import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries } from './binaries.ts';
import { chooseClusterFolder } from './cluster-folder.ts';
import { ENVIRONMENT, initialiseCluster, SUPERUSER } from './initialise.ts';
import { accountForPostgres } from './run-as.ts';
import { stopLeftover } from './stop-leftover.ts';

export type PostgresOptions = {
  /** Folder for the cluster; where Postgres's account cannot reach it, another is chosen and said. */
  folder: string;
  port: number;
  /** Of the only account. Kept by the caller: the cluster holds its SCRAM verifier alone. */
  password: string;
  logFile: string;
  log?: (line: string) => void;
};

export type PostgresServer = {
  /** Connection URL of a database of this server. */
  url(database?: string): string;
  pid: number;
  /** Fulfilled when the server has ended, whoever ended it. */
  ended: Promise<void>;
  /** Fast shutdown: open transactions roll back, everything committed is on disk. */
  stop(): Promise<void>;
};

const READY_MS = 120_000;
const FAST_STOP_MS = 20_000;

/**
 * Starts the embedded Postgres on 127.0.0.1, without a unix socket, making its cluster on the first run. Commits are
 * durable (fsync and synchronous_commit stay on). Rejects with the end of the story when it does not come up.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const log = options.log ?? (() => {});
  const account = accountForPostgres(log);
  const binaries = findBinaries(account, log);
  const folder = chooseClusterFolder(resolve(options.folder), account, log);
  await stopLeftover(folder, log);
  await initialiseCluster(folder, options.password, binaries, account);

  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${options.port}`,
    'unix_socket_directories=',
    'password_encryption=scram-sha-256',
    'max_connections=150',
    'timezone=UTC',
    'log_timezone=UTC',
  ];
  const output = openSync(options.logFile, 'a', 0o600);
  const child = spawn(binaries.postgres, ['-D', folder, ...settings.flatMap((setting) => ['-c', setting])], {
    ...account,
    cwd: folder,
    env: ENVIRONMENT,
    stdio: ['ignore', output, output],
    // Its own process group: Ctrl-C in the terminal must not end it before those that still write to it.
    detached: true,
  });
  closeSync(output);
  const ended = once(child, 'exit').then(() => {});
  // A start that fails rejects `ended` too (spawn error); waitUntilReady reports it.
  ended.catch(() => {});
  const url = (database = 'postgres') =>
    `postgresql://${SUPERUSER}:${options.password}@127.0.0.1:${options.port}/${database}`;
  await waitUntilReady(child, url(), options.logFile);
  return { url, pid: child.pid ?? 0, ended, stop: () => stop(child, ended) };
}

async function waitUntilReady(child: ChildProcess, url: string, logFile: string) {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined)
      throw new Error(`Postgres did not start. Its log is ${logFile}.`);
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (cause) {
      if (cause instanceof pg.DatabaseError && cause.code === '28P01') {
        child.kill('SIGINT');
        throw new Error(
          'The password in the keys folder is not the one of this Postgres cluster. Restore the keys folder, or ' +
            'begin anew with --reset.',
          { cause },
        );
      }
      if (Date.now() > deadline) {
        child.kill('SIGINT');
        throw new Error(`Postgres took longer than ${READY_MS / 1000} s to start. Its log is ${logFile}.`, {
          cause,
        });
      }
      await sleep(30);
    }
  }
}

async function stop(child: ChildProcess, ended: Promise<void>) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGINT');
  const impatient = setTimeout(() => child.kill('SIGQUIT'), FAST_STOP_MS);
  await ended;
  clearTimeout(impatient);
}
