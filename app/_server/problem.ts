import { randomUUID } from 'node:crypto';
import { DomainError } from '#lib/errors';
import { type ProblemFacts, problemBody, problemResponse } from '#lib/problem';
import { currentRequest } from '#lib/request-context';
import { webLog } from './log.ts';

/** Any failure as problem+json. What we did not foresee is shown as 500. */
export function toProblem(error: unknown): Response {
  return problemResponse(factsOf(error));
}

/** The same for a stream that has begun, and so has no status left to give: the problem is its last event. */
export function toProblemEvent(error: unknown) {
  return problemBody(factsOf(error));
}

/** Logged as it is told. `reference` is the id of the request, which the router logs under too when it was asked. */
function factsOf(error: unknown): ProblemFacts {
  const known = error instanceof DomainError ? error : null;
  const reference = currentRequest()?.reference ?? randomUUID();
  const { request_id: routerReference, ...extra } = known?.extra ?? {};
  const status = known?.status ?? 500;
  const code = known?.code ?? 'internal_error';
  const fields = { reference, status, code, ...(routerReference === reference ? {} : { routerReference }) };
  if (status >= 500) webLog().error({ ...fields, err: error }, 'a console request failed');
  else webLog().info(fields, 'a console request was refused');
  const retryAfterMs = typeof extra.retryAfterMs === 'number' ? extra.retryAfterMs : null;
  return {
    status,
    code,
    detail:
      known?.message ?? 'The console failed. Nothing more is known here; the log has it by the reference.',
    param: known?.param,
    reference,
    extra,
    ...(retryAfterMs === null ? {} : { headers: { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) } }),
  };
}
