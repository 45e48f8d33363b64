import 'server-only';
import { webEnv } from '#lib/env';
import { RecentPromise } from '#lib/overview/recent-promise';
import { database } from './database.ts';
import { webLog } from './log.ts';

const TIMEOUT_MS = 3_000;

// Development reloads modules; what was read of the log must outlive them.
const kept = globalThis as typeof globalThis & { fdlrPromise?: RecentPromise };

/** The web process's one checker of the promise. */
export function recentPromise(): RecentPromise {
  kept.fdlrPromise ??= new RecentPromise(fetchLogKey);
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
async function fetchLogKey(): Promise<string | null> {
  try {
    const url = new URL('/v1/audit/key', webEnv().FDLR_ROUTER_URL);
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), cache: 'no-store' });
    return response.ok ? (await response.text()).trim() : null;
  } catch (error) {
    webLog().warn({ err: error }, 'the audit log could not be checked: the router does not publish its key');
    return null;
  }
}
