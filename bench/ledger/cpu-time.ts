import { readdirSync, readFileSync } from 'node:fs';

const TICK_MS = 10;

/** Processor time of this process so far, in milliseconds. */
export function nodeCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Processor time of a server's processes so far, in milliseconds: its own, of its children that live, and of those that
 * it has waited for. Linux only (/proc), in ticks of ten milliseconds.
 */
export function serverCpuMs(postmasterPid: number): number {
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^[0-9]+$/.test(name)) continue;
    const fields = statOf(name);
    const isOurs = Number(name) === postmasterPid || Number(fields[1]) === postmasterPid;
    if (!isOurs) continue;
    // utime, stime; of the postmaster also what its ended children used (cutime, cstime).
    const until = Number(name) === postmasterPid ? 15 : 13;
    for (let i = 11; i < until; i += 1) ticks += Number(fields[i] ?? 0);
  }
  return ticks * TICK_MS;
}

/** The fields of /proc/PID/stat from the third (state) on; none of a process that is gone. */
function statOf(pid: string): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
