import { randomUUID } from 'node:crypto';
import { problemResponse } from '#lib/problem';
import { REQUEST_ID_HEADER } from '#lib/request-context';

/** What no route answers, in the API's own form rather than as a page. */
function notFound(request: Request): Response {
  const reference = request.headers.get(REQUEST_ID_HEADER) ?? randomUUID();
  return problemResponse({
    status: 404,
    code: 'not_found',
    detail: 'There is no such path here.',
    reference,
  });
}

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };
