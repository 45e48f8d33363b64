import { statSync } from 'node:fs';
import type { Logger } from '#lib/log';

const LOOK_MS = 500;

/**
 * Reads a list of peers now, and again when its file has changed. From a list that cannot be read, or is gone, on the node
 * answers with nobody (`none`), and says so: whoever took it away may have meant that. `onChange` hears of every change. Returns the way to ask for it and the way to stop.
 */
export function watchPeers<T>(
  file: string,
  read: (file: string) => T,
  log: Logger,
  onChange: () => void,
  none: T,
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
    } catch (error) {
      current = none;
      log.error({ err: error }, 'the list of pinned peers is not usable: this node answers with nobody');
    }
    onChange();
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
