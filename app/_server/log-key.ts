import 'server-only';
import { webEnv } from '#lib/env';
import { UnavailableError } from '#lib/errors';

const TIMEOUT_MS = 10_000;

/** The key that the router publishes for its log, `name+keyId+base64(01 || key)`. Public: it needs no sign-in. */
export function fetchLogKey(timeoutMs = TIMEOUT_MS): Promise<string> {
  return fetchLine('/v1/audit/key', timeoutMs);
}

/** Who keeps the private half of that key, in a sentence of the router's. */
export function fetchKeyCustody(timeoutMs = TIMEOUT_MS): Promise<string> {
  return fetchLine('/v1/audit/key/custody', timeoutMs);
}

async function fetchLine(path: string, timeoutMs: number): Promise<string> {
  try {
    const response = await fetch(new URL(path, webEnv().FDLR_ROUTER_URL), {
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return (await response.text()).trim();
  } catch (cause) {
    throw new UnavailableError('The router did not give its key.', { code: 'router_unreachable', cause });
  }
}
