import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileOf = (dataDir: string) => join(dataDir, 'stopped');
const LOOK_MS = 250;

/** The hospital's own stop button: a file in the node's folder. It needs no router and no running node. */
export function pressStop(dataDir: string, now: Date): void {
  writeFileSync(fileOf(dataDir), `${now.toISOString()}\n`, { mode: 0o600, flush: true });
}

export function releaseStop(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true });
}

/** Asked before every round: it holds from that very moment on. */
export function isStopped(dataDir: string): boolean {
  return existsSync(fileOf(dataDir));
}

/** Since when, as it was noted; null while it is not pressed. */
export function stoppedSince(dataDir: string): string | null {
  return isStopped(dataDir) ? readFileSync(fileOf(dataDir), 'utf8').trim() : null;
}

/** Calls `onChange` now and whenever the button is pressed or released. Returns the way to stop looking. */
export function watchStop(dataDir: string, onChange: (stopped: boolean) => void): () => void {
  let stopped = isStopped(dataDir);
  onChange(stopped);
  const timer = setInterval(() => {
    const now = isStopped(dataDir);
    if (now === stopped) return;
    stopped = now;
    onChange(stopped);
  }, LOOK_MS);
  return () => clearInterval(timer);
}
