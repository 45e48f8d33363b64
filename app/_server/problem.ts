import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { DomainError } from '#lib/errors';
import { createLogger } from '#lib/log';

/** RFC 9457 problem+json for any failure of the console's API. What we did not foresee is logged and shown as 500. */
export function toProblem(error: unknown): Response {
  const requestId = randomUUID();
  const known = error instanceof DomainError ? error : null;
  if (!known) createLogger('web').error({ err: error, requestId }, 'a console request failed');
  const status = known?.status ?? 500;
  return Response.json(
    {
      ...known?.extra,
      type: 'about:blank',
      title: STATUS_CODES[status],
      status,
      detail:
        known?.message ??
        'The console failed. Nothing more is known here; the log has it under the request id.',
      code: known?.code ?? 'internal_error',
      param: known?.param,
      requestId,
    },
    { status, headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' } },
  );
}
