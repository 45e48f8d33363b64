import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { DomainError } from '#lib/errors';
import { webLog } from './log.ts';

/**
 * RFC 9457 problem+json for any failure of the console's API. `reference` leads to this process's log and, where the
 * router refused, to the router's: it is the router's own. What we did not foresee is shown as 500.
 */
export function toProblem(error: unknown): Response {
  const known = error instanceof DomainError ? error : null;
  const { request_id: routerReference, ...extra } = known?.extra ?? {};
  const reference = typeof routerReference === 'string' ? routerReference : randomUUID();
  const status = known?.status ?? 500;
  const code = known?.code ?? 'internal_error';
  if (status >= 500) webLog().error({ err: error, reference, code }, 'a console request failed');
  else webLog().info({ reference, status, code }, 'a console request was refused');
  return Response.json(
    {
      ...extra,
      type: 'about:blank',
      title: STATUS_CODES[status],
      status,
      detail:
        known?.message ?? 'The console failed. Nothing more is known here; the log has it by the reference.',
      code,
      param: known?.param,
      reference,
    },
    { status, headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' } },
  );
}
