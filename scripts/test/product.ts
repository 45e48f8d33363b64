import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { dropDatabase } from '#lib/db/create-database';
import { PROJECT_ROOT } from '#lib/db/prisma-cli';
import { runOf, testDatabaseName } from '#lib/db/testing-databases';
import { testEnv } from '#lib/env';
import { portState, portsFrom } from '../../worker/supervisor/ports.ts';
import { processTree, stillRunning } from './process-tree.ts';

export type Product = {
  /** The line that `npm start -- --json` prints. */
  line: string;
  /** What it has said on stderr so far. */
  said: readonly string[];
  /** Stops it as Ctrl-C does. Returns what is wrong with how it ended, in words; nothing when all is well. */
  stop(): Promise<string[]>;
};

type Npm = ChildProcessByStdio<null, Readable, Readable>;

const FIRST_PORT_BASE = 21_000;
const START_MS = 900_000;
const STOP_MS = 60_000;
const SHOWN_LINES = 15;

async function freePortBase(): Promise<number> {
  // Local listeners of the nodes lie within the next ten.
  for (let base = FIRST_PORT_BASE; ; base += 20) {
    const states = await Promise.all(Object.values(portsFrom(base)).map((port) => portState(port)));
    if (states.every((state) => state === 'free')) return base;
  }
}

/** A database of its own on the server of DATABASE_URL; undefined where the product brings its Postgres. */
function ownDatabase(folder: string): string | undefined {
  const { DATABASE_URL } = testEnv();
  if (!DATABASE_URL) return undefined;
  const url = new URL(DATABASE_URL);
  url.pathname = `/${testDatabaseName('e2e', runOf(folder))}`;
  return url.href;
}

/** Where the product that is started under `folder` keeps its data. */
export const dataDirOf = (folder: string) => join(folder, 'e2e');

/**
 * Starts the product as an operator does, through npm, with its data under `folder`, on free ports and with `more`
 * options. Rejects with its last lines when it does not get ready within five minutes.
 */
export async function startProduct(folder: string, ...more: string[]): Promise<Product> {
  const dataDir = dataDirOf(folder);
  mkdirSync(dataDir, { recursive: true });
  const databaseUrl = ownDatabase(folder);
  const options = ['--json', '--data-dir', dataDir, '--port-base', String(await freePortBase()), ...more];
  const command = ['npm', 'start', '--', ...options];
  const npm = spawn('env', databaseUrl ? [`DATABASE_URL=${databaseUrl}`, ...command] : command, {
    cwd: PROJECT_ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(npm, 'exit').then(([code]) => code as number | null);
  const said = follow(npm);
  const answers: string[] = [];
  const stop = () => stopProduct(npm, exit, answers, dataDir, databaseUrl);
  const { promise: ready, resolve } = Promise.withResolvers<string>();
  createInterface({ input: npm.stdout }).on('line', (line) => {
    if (!line.startsWith('{')) return;
    answers.push(line);
    resolve(line);
  });
  const line = await Promise.race([ready, exit.then(() => undefined), after(START_MS)]);
  if (line !== undefined) return { line, said, stop };
  const how = npm.exitCode === null ? `was not ready after ${START_MS / 1000} s` : 'did not start';
  await stop();
  throw new Error(
    [`The product ${how}. Logs: .cache/e2e-logs. Its last lines:`, ...said.slice(-SHOWN_LINES)].join('\n'),
  );
}

/** Passes on what the product says, and keeps it: a few dozen lines. */
function follow(npm: Npm): string[] {
  const kept: string[] = [];
  createInterface({ input: npm.stderr }).on('line', (line) => {
    process.stderr.write(`${line}\n`);
    kept.push(line);
  });
  return kept;
}

function after(ms: number): Promise<undefined> {
  return new Promise((done) => setTimeout(done, ms, undefined).unref());
}

async function stopProduct(
  npm: Npm,
  exit: Promise<number | null>,
  answers: string[],
  dataDir: string,
  databaseUrl: string | undefined,
): Promise<string[]> {
  const tree = processTree(npm.pid ?? 0);
  npm.kill('SIGINT');
  const code = await Promise.race([exit, after(STOP_MS)]);
  const left = stillRunning(tree);
  for (const pid of left) process.kill(pid, 'SIGKILL');
  if (existsSync(join(dataDir, 'logs')))
    cpSync(join(dataDir, 'logs'), join(PROJECT_ROOT, '.cache/e2e-logs'), { recursive: true });
  if (databaseUrl) await dropDatabase(databaseUrl);
  return [
    ...(code === undefined ? [`npm start took longer than ${STOP_MS / 1000} s to stop.`] : []),
    ...(code === undefined || code === 0 ? [] : [`npm start ended with exit code ${code}.`]),
    ...(left.length === 0 ? [] : [`Processes left after the stop: ${left.join(', ')}.`]),
    ...(answers.length === 1
      ? []
      : [`It printed ${answers.length} lines that start with "{" instead of one.`]),
  ];
}
