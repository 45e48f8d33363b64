import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { makeClusterFolder } from './cluster-folder.ts';
import type { RunAs } from './run-as.ts';

export const SUPERUSER = 'fdlr';

/** All that Postgres gets of our environment. */
export const ENVIRONMENT: NodeJS.ProcessEnv = { NODE_ENV: 'production', LC_ALL: 'C', TZ: 'UTC' };

/** Written by initdb near its start and present in every cluster. */
const isCluster = (folder: string) => existsSync(join(folder, 'PG_VERSION'));
const finishedMark = (folder: string) => join(folder, 'fdlr-initialised');

/**
 * Makes a cluster whose only account is SUPERUSER with `password` (SCRAM on every connection), with checksums and a
 * locale that sorts alike on every machine. Does nothing where one was finished before; one that was cut off begins anew.
 */
export async function initialiseCluster(
  folder: string,
  password: string,
  binaries: Binaries,
  account: RunAs,
) {
  if (existsSync(finishedMark(folder))) return;
  if (isCluster(folder)) rmSync(folder, { recursive: true });
  makeClusterFolder(folder, account);
  const passwordFile = `${folder}.password`;
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, password, { mode: 0o600, flag: 'wx' });
  try {
    if (account) chownSync(passwordFile, account.uid, account.gid);
    await run(binaries.initdb, folder, passwordFile, account);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeFileSync(finishedMark(folder), '');
}

async function run(initdb: string, folder: string, passwordFile: string, account: RunAs) {
  const args = [
    `--pgdata=${folder}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  const child = spawn(initdb, args, {
    ...account,
    cwd: folder,
    env: ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`initdb failed. ${output.trim().split('\n').slice(-3).join(' ')}`);
}
