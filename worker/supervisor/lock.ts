import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Start time in clock ticks since boot: with the number it names one process, even after numbers were used again. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command in parentheses may hold spaces; the start time is the 20th field after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The process that holds the lock, if it still lives. */
function holder(file: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const [number, start] = text.split(' ');
  const pid = Number(number);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined;
  const startNow = startOf(pid);
  return startNow === undefined || startNow === start ? pid : undefined;
}

/** `tookOver`: the process that had the lock ended without giving it back. */
export type Lock = { release(): void; tookOver: boolean } | { heldBy: number };

/** Takes the lock file, or tells which living process has it. A lock whose process is gone is taken over. */
export function takeLock(file: string): Lock {
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, `${process.pid} ${startOf(process.pid) ?? ''}`, { flag: 'wx', mode: 0o600 });
      return { release: () => rmSync(file, { force: true }), tookOver: attempt > 0 };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt === 3) throw error;
    }
    const pid = holder(file);
    if (pid !== undefined) return { heldBy: pid };
    rmSync(file, { force: true });
  }
}
