import 'server-only';
import { RecentPromise } from '#lib/overview/recent-promise';
import { database } from './database.ts';
import { webLog } from './log.ts';
import { fetchLogKey } from './log-key.ts';

/** A page waits for it: rather an unchecked head than a late page. */
const TIMEOUT_MS = 3_000;

// Development reloads modules; what was read of the log must outlive them.
const kept = globalThis as typeof globalThis & { fdlrPromise?: RecentPromise };

/** The web process's one checker of the promise. */
export function recentPromise(): RecentPromise {
  kept.fdlrPromise ??= new RecentPromise(keyOrNull);
  return kept.fdlrPromise;
}

/** Reads the log when the process starts: no page should be the first to. */
export async function warmUpPromise(): Promise<void> {
  try {
    await recentPromise().warmUp(database());
  } catch (error) {
    webLog().warn({ err: error }, 'the audit log was not read ahead; the first overview will');
  }
}

/** The audit log's key as the router publishes it for everybody; null when the router does not answer. */
async function keyOrNull(): Promise<string | null> {
  try {
    return await fetchLogKey(TIMEOUT_MS);
  } catch (error) {
    webLog().warn({ err: error }, 'the audit log could not be checked: the router does not publish its key');
    return null;
  }
}
