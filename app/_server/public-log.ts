import 'server-only';
import { webEnv } from '#lib/env';
import { UnavailableError } from '#lib/errors';
import { fetchLogKey } from './log-key.ts';

const TIMEOUT_MS = 10_000;
/** A head with the lines of some hundred witnesses; nothing that the router publishes here is longer. */
const LONGEST = 256 * 1024;

/** The log's newest head and the keys to check it with, as the router publishes them for anybody. */
export async function publishedHead() {
  const [checkpoint, verifierKey, witnesses] = await Promise.all([
    publicText('/v1/audit/checkpoint'),
    fetchLogKey(TIMEOUT_MS),
    publicText('/v1/audit/witnesses'),
  ]);
  return {
    checkpoint: checkpoint ?? '',
    verifierKey,
    witnesses: (witnesses ?? '').split('\n').filter((line) => line !== ''),
  };
}

/** Null for what the router has not got: an empty log has no head. */
async function publicText(path: string): Promise<string | null> {
  try {
    const response = await fetch(new URL(path, webEnv().FDLR_ROUTER_URL), {
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`status ${response.status}`);
    const text = await response.text();
    if (text.length > LONGEST) throw new Error('the reply is too long');
    return text;
  } catch (cause) {
    throw new UnavailableError('The router did not give its log.', { code: 'router_unreachable', cause });
  }
}
