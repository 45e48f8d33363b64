import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

function parents(): Map<number, number> {
  if (!existsSync('/proc/self/stat')) {
    const table = execFileSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' });
    return new Map(
      table
        .trim()
        .split('\n')
        .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]),
    );
  }
  const found = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // After the command in parentheses: state, then the parent.
      found.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}

/** The process and everything it started, directly or through others. */
export function processTree(root: number): number[] {
  const tree = [root];
  const table = [...parents()];
  for (const pid of tree) for (const [child, parent] of table) if (parent === pid) tree.push(child);
  return tree;
}

/** Those that still run; a zombie that nobody has collected does not. */
export function stillRunning(pids: number[]): number[] {
  return pids.filter((pid) => {
    try {
      process.kill(pid, 0);
      return !existsSync('/proc/self/stat') || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  });
}

async function ended(pids: number[], withinMs: number): Promise<boolean> {
  for (const deadline = Date.now() + withinMs; stillRunning(pids).length > 0; await sleep(50))
    if (Date.now() > deadline) return false;
  return true;
}

/** To those that still run. */
export function signal(pids: number[], name: NodeJS.Signals) {
  for (const pid of stillRunning(pids)) {
    try {
      process.kill(pid, name);
    } catch {
      // It ended while we looked.
    }
  }
}

const ASKED_MS = 20_000;
const TOLD_MS = 10_000;

/** Ends everything this process started: what it started itself is asked as by Ctrl-C and ends its own in order. */
export async function endWhatWeStarted() {
  const tree = processTree(process.pid).slice(1);
  const table = parents();
  const direct = tree.filter((pid) => table.get(pid) === process.pid);
  signal(direct, 'SIGINT');
  await ended(direct, ASKED_MS);
  signal(tree, 'SIGTERM');
  if (!(await ended(tree, TOLD_MS))) signal(tree, 'SIGKILL');
}
