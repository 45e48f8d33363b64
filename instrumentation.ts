import type { IncomingMessage } from 'node:http';
import type { Instrumentation } from 'next';

/**
 * Reads the audit log ahead, and tells routes who is at the other end of the connection. Next hands them no socket, and
 * its own x-forwarded-for is the caller's where the caller sent one.
 */
export async function register(): Promise<void> {
  const { subscribe } = await import('node:diagnostics_channel');
  const { PEER_HEADER } = await import('./app/_server/peer-header.ts');
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? '';
  });
  const { warmUpPromise } = await import('./app/_server/promise.ts');
  void warmUpPromise();
}

/**
 * Failures of pages: the error page shows the digest, and this line ties it to the request's id. Routes of the API log
 * their own (app/_server/problem.ts).
 */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  const { webLog } = await import('./app/_server/log.ts');
  const { REQUEST_ID_HEADER } = await import('#lib/request-context');
  const digest = error instanceof Error && 'digest' in error ? error.digest : undefined;
  webLog().error(
    { err: error, digest, reference: request.headers[REQUEST_ID_HEADER], route: context.routePath },
    'a page failed',
  );
};
