import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { dropDatabase } from '#lib/db/create-database';
import { removeCluster } from '#lib/db/embedded-postgres/remove';
import { PROJECT_ROOT } from '#lib/db/prisma-cli';
import { testEnv } from '#lib/env';
import { isBusy } from '../../worker/supervisor/ports.ts';
import { processTree, stillRunning } from './process-tree.ts';

export type Product = {
  /** The line that `npm start -- --json` prints. */
  line: string;
  /** Stops it as Ctrl-C does. Returns what is wrong with how it ended, in words; nothing when all is well. */
  stop(): Promise<string[]>;
};

const FIRST_PORT_BASE = 21_000;

async function freePortBase(): Promise<number> {
  for (let base = FIRST_PORT_BASE; ; base += 10) {
    const busy = await Promise.all([base, base + 1, base + 2].map(isBusy));
    if (!busy.includes(true)) return base;
  }
}

/** A database of its own on the server of DATABASE_URL; undefined where the product brings its Postgres. */
function ownDatabase(): string | undefined {
  const { DATABASE_URL } = testEnv();
  if (!DATABASE_URL) return undefined;
  const url = new URL(DATABASE_URL);
  url.pathname = `/fdlr_e2e_${randomBytes(4).toString('hex')}`;
  return url.href;
}

/** Starts the product as an operator would, in a folder and on ports of its own. Rejects when it does not get ready. */
export async function startProduct(): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fdlr-e2e-'));
  const databaseUrl = ownDatabase();
  const args = [
    'worker/supervisor/main.ts',
    '--json',
    '--data-dir',
    dataDir,
    '--port-base',
    `${await freePortBase()}`,
  ];
  const command = [process.execPath, ...args];
  const child = spawn('env', databaseUrl ? [`DATABASE_URL=${databaseUrl}`, ...command] : command, {
    cwd: PROJECT_ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const endWithUs = () => child.kill();
  process.once('exit', endWithUs);
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const cleanUp = async () => {
    process.off('exit', endWithUs);
    if (existsSync(join(dataDir, 'logs')))
      cpSync(join(dataDir, 'logs'), join(PROJECT_ROOT, '.cache/e2e-logs'), { recursive: true });
    await removeCluster(join(dataDir, 'postgres'), () => {});
    rmSync(dataDir, { recursive: true, force: true });
    if (databaseUrl) await dropDatabase(databaseUrl);
  };
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => text as string),
    exit.then(() => undefined),
  ]);
  if (line === undefined) {
    await cleanUp();
    throw new Error('The product did not start. Logs: .cache/e2e-logs');
  }
  const stop = async () => {
    const tree = processTree(child.pid ?? 0);
    child.kill('SIGINT');
    const [code] = await exit;
    const left = stillRunning(tree);
    await cleanUp();
    return [
      ...(code === 0 ? [] : [`The supervisor ended with exit code ${code}.`]),
      ...(left.length === 0 ? [] : [`Processes left after the stop: ${left.join(', ')}.`]),
    ];
  };
  return { line, stop };
}
