// @ts-check
// Plain JavaScript on node builtins alone: the set-up takes such a lock before anything is installed.
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A lock that is held. `tookOver`: the process that had it before ended without giving it back. `release` gives it
 * back, and leaves alone what is another's by then.
 * @typedef {{ release: () => void, tookOver: boolean }} HeldLock
 * @typedef {HeldLock | { heldBy: number }} Lock
 */

const POLL_MS = 200;

/**
 * Start time in clock ticks since boot: with the number it names one process, even after numbers were used again.
 * @param {number} pid
 */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command in parentheses may hold spaces; the start time is the 20th field after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** @param {unknown} error */
const codeOf = (error) => /** @type {NodeJS.ErrnoException} */ (error).code;

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * The process a lock's content names, if it still lives.
 * @param {string} text
 */
function holder(text) {
  const [number, start] = text.split(' ');
  const pid = Number(number);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined;
  const startNow = startOf(pid);
  return startNow === undefined || startNow === start ? pid : undefined;
}

/**
 * The file appears with its content in one step, or not at all.
 * @param {string} file
 * @param {string} draft
 */
function claim(file, draft) {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Takes the lock file, or tells which living process has it. A lock whose process is gone is taken over.
 * @param {string} file
 * @returns {Lock}
 */
export function takeLock(file) {
  const mine = `${process.pid} ${startOf(process.pid) ?? ''} ${randomUUID()}`;
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, mine, { flag: 'wx', mode: 0o600 });
  const release = () => {
    if (read(file) === mine) rmSync(file, { force: true });
  };
  try {
    for (;;) {
      if (claim(file, draft)) return { release, tookOver: false };
      const theirs = read(file);
      if (theirs === undefined) continue;
      const pid = holder(theirs);
      if (pid !== undefined) return { heldBy: pid };
      const taking = takeOver(file, theirs, draft);
      if (taking !== 'changed') return taking === 'done' ? { release, tookOver: true } : taking;
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Puts our lock in the place of one whose process is gone. Only the holder of a second lock may do so, and only while
 * the file still says what it judged: otherwise the slower of two would replace the living lock of the faster.
 * @param {string} file
 * @param {string} stale
 * @param {string} draft
 * @returns {'done' | 'changed' | { heldBy: number }}
 */
function takeOver(file, stale, draft) {
  const permit = takeLock(`${file}.takeover`);
  if ('heldBy' in permit) return permit;
  try {
    if (read(file) !== stale) return 'changed';
    renameSync(draft, file);
    return 'done';
  } finally {
    permit.release();
  }
}

/**
 * Takes the lock, waiting for as long as others have it; `onWait` is told once who that is.
 * @param {string} file
 * @param {(pid: number) => void} onWait
 * @returns {Promise<HeldLock>}
 */
export async function waitForLock(file, onWait) {
  for (let told = false; ; told = true) {
    const lock = takeLock(file);
    if ('release' in lock) return lock;
    if (!told) onWait(lock.heldBy);
    await sleep(POLL_MS);
  }
}
