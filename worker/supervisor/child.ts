import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from './child-environment.ts';
import { rotateLog } from './log-file.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLLOW_PARENT = new URL('./follow-parent.ts', import.meta.url).href;
const GRACE_MS = 8_000;

export type ChildOptions = {
  /** What the operator calls it: "router", "node St. Anna". */
  name: string;
  /** Script relative to the project, then its arguments. */
  command: string[];
  env?: Record<string, string>;
  /** stdout and stderr are appended here. */
  logFile: string;
  /** How long it may take to end after SIGTERM, or after we are gone, before it is killed (eight seconds). */
  graceMs?: number;
};

export type Ending = { code: number | null; signal: NodeJS.Signals | null };

export type Child = {
  name: string;
  pid: number;
  logFile: string;
  /** Fulfilled when the process is gone, never rejected. */
  ended: Promise<Ending>;
  /** Fulfilled when the child has sent {type: 'ready'}; never, when it ends before. */
  ready: Promise<void>;
  /** SIGTERM, then SIGKILL when the time to end is over. */
  stop(): Promise<Ending>;
  /** SIGKILL at once. */
  kill(): void;
};

/** Starts one process of the federation under the Node that runs now. It ends when this process does. */
export function spawnChild({ name, command, env = {}, logFile, graceMs = GRACE_MS }: ChildOptions): Child {
  rotateLog(logFile);
  const output = openSync(logFile, 'a', 0o600);
  const child = spawn(process.execPath, ['--import', `${FOLLOW_PARENT}?graceMs=${graceMs}`, ...command], {
    cwd: ROOT,
    env: childEnvironment(env),
    stdio: ['ignore', output, output, 'ipc'],
    // Its own process group: Ctrl-C reaches the supervisor alone, which stops everything in order.
    detached: true,
  });
  closeSync(output);
  const ended = new Promise<Ending>((done) => {
    child.once('exit', (code, signal) => done({ code, signal }));
    child.once('error', () => done({ code: null, signal: null }));
  });
  const ready = new Promise<void>((done) => {
    child.on('message', (message) => {
      if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready')
        done();
    });
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const impatient = setTimeout(() => child.kill('SIGKILL'), graceMs);
    const ending = await ended;
    clearTimeout(impatient);
    return ending;
  };
  return { name, pid: child.pid ?? 0, logFile, ended, ready, stop, kill: () => child.kill('SIGKILL') };
}

/** Log file of a child, named after it. */
export function logFileFor(folder: string, name: string): string {
  const slug = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return join(folder, `${slug}.log`);
}
