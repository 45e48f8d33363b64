import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from './child.ts';
import { lastLines } from './log-file.ts';
import { OperatorError } from './operator-error.ts';

/** The one line that a child which ended by itself deserves. */
export async function unexpectedEnd(child: Child): Promise<OperatorError> {
  const { code, signal } = await child.ended;
  const how = signal ? `signal ${signal}` : code === null ? 'it could not be started' : `exit ${code}`;
  const said = lastLines(child.logFile, 3).join(' | ');
  const lines = said === '' ? 'It logged nothing.' : `Last lines: ${said}`;
  return new OperatorError(`${child.name} stopped unexpectedly (${how}). ${lines} Log: ${child.logFile}`);
}

/** Waits until `condition` holds. Throws an OperatorError when the child ends before, or when the time is over. */
export async function waitFor(
  child: Child,
  what: string,
  limitMs: number,
  condition: () => Promise<boolean>,
) {
  let isOver = false;
  child.ended.then(() => {
    isOver = true;
  });
  for (const deadline = Date.now() + limitMs; !(await condition()); await sleep(50)) {
    if (isOver) throw await unexpectedEnd(child);
    if (Date.now() > deadline)
      throw new OperatorError(
        `${child.name} is still without ${what} after ${limitMs / 1000} s. Log: ${child.logFile}`,
      );
  }
}

/** Waits for the child's own word that it is ready. */
export async function waitUntilReady(child: Child, limitMs: number) {
  let isReady = false;
  child.ready.then(() => {
    isReady = true;
  });
  await waitFor(child, 'its word that it is ready', limitMs, async () => isReady);
}

/** GET that answers undefined where nobody answers. */
export async function probe(url: string): Promise<Response | undefined> {
  try {
    return await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });
  } catch {
    return undefined;
  }
}
