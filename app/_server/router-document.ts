import 'server-only';
import { webEnv } from '#lib/env';
import { type ApiDocument, documentSchema } from '#lib/openapi/read-document';
import { webLog } from './log.ts';

const TIMEOUT_MS = 3_000;

/** The router's own account of its API; null while it does not answer. It is public: nobody's token is sent. */
export async function routerDocument(): Promise<ApiDocument | null> {
  try {
    const url = new URL('/openapi.json', webEnv().FDLR_ROUTER_URL);
    const response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new Error(`the router answered ${response.status}`);
    return documentSchema.parse(await response.json());
  } catch (error) {
    webLog().warn({ err: error }, "the router's API document could not be read");
    return null;
  }
}
