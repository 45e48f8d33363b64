import type { Instrumentation } from 'next';

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
