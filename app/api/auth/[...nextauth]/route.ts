import { randomUUID } from 'node:crypto';
import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { REQUEST_ID_HEADER, withRequest } from '#lib/request-context';
import { authOptions } from '../../../_server/auth-options.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

// Built per request: the environment is read when it is needed, not when the page is compiled.
function handler(request: NextRequest, context: Context): Promise<Response> {
  const reference = request.headers.get(REQUEST_ID_HEADER) ?? randomUUID();
  return withRequest({ reference }, async () => {
    let waitMs: number | null = null;
    const options = authOptions((retryAfterMs) => {
      waitMs = retryAfterMs;
    });
    const response: Response = await NextAuth(request as never, context as never, options);
    return waitMs === null ? response : tooMany(response, waitMs);
  });
}

/** next-auth answers every refusal with 401; this one says when to come back. */
function tooMany(response: Response, waitMs: number): Response {
  const headers = new Headers(response.headers);
  headers.set('retry-after', String(Math.max(1, Math.ceil(waitMs / 1000))));
  return new Response(response.body, { status: 429, headers });
}

export { handler as GET, handler as POST };
