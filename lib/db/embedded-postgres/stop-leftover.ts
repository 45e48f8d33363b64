import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const FAST_STOP_MS = 20_000;

/** Whether the process runs Postgres on this very cluster; a number alone may have been given to another since. */
function servesCluster(pid: number, folder: string): boolean {
  try {
    const command = existsSync(`/proc/${pid}/cmdline`)
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return command.includes('postgres') && command.includes(folder);
  } catch {
    return false;
  }
}

/** Stops the Postgres that a killed supervisor left on this cluster, so that it can be started again cleanly. */
export async function stopLeftover(folder: string, log: (line: string) => void) {
  const pidFile = join(folder, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  if (!servesCluster(pid, folder)) {
    // Left by a crash. Postgres itself would refuse where another process has that number today.
    rmSync(pidFile, { force: true });
    return;
  }
  log('Stopping the Postgres that an earlier run left behind.');
  process.kill(pid, 'SIGINT');
  for (let waitedMs = 0; servesCluster(pid, folder); waitedMs += 50) {
    if (waitedMs === FAST_STOP_MS) process.kill(pid, 'SIGQUIT');
    if (waitedMs > 2 * FAST_STOP_MS)
      throw new Error(`The Postgres of an earlier run (process ${pid}) does not stop.`);
    await sleep(50);
  }
}
