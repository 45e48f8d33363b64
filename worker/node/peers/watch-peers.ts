import { statSync } from 'node:fs';
import type { Logger } from '#lib/log';

const LOOK_MS = 500;

/**
 * Reads a list of peers now, and again when its file has changed. A list that cannot be read leaves the former one in
 * force, and says so; `onChange` hears of every other. Returns the way to ask for it and the way to stop.
 */
export function watchPeers<T>(
  file: string,
  read: (file: string) => T,
  log: Logger,
  onChange: () => void,
): { peers: () => T; stop: () => void } {
  let seen = stampOf(file);
  let current = read(file);
  const timer = setInterval(() => {
    const stamp = stampOf(file);
    if (stamp === seen) return;
    seen = stamp;
    try {
      current = read(file);
      log.info('the list of pinned peers was read anew');
      onChange();
    } catch (error) {
      log.error({ err: error }, 'the list of pinned peers is not usable; the former one stays in force');
    }
  }, LOOK_MS);
  timer.unref();
  return { peers: () => current, stop: () => clearInterval(timer) };
}

function stampOf(file: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return 'missing';
  }
}
