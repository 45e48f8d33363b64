import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '#lib/errors';
import type { Logger } from '#lib/log';

/** OpenAI's error types by status; SDKs choose their exception class by the status, people read the type. */
const TYPES: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'invalid_request_error',
  408: 'invalid_request_error',
  409: 'conflict_error',
  410: 'invalid_request_error',
  413: 'invalid_request_error',
  414: 'invalid_request_error',
  415: 'invalid_request_error',
  422: 'invalid_request_error',
  429: 'insufficient_quota',
  431: 'invalid_request_error',
  503: 'service_unavailable',
};

type Fault = {
  status: number;
  code: string;
  message: string;
  param: string | null;
  extra: Record<string, unknown>;
};

/** Every failure of the API in one form: OpenAI's, with our codes and the request id to quote. */
export function replyWithError(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Logger,
): void {
  const fault = faultOf(error);
  logFault(error, request.id, log);
  // The SDK would otherwise try again by itself, without a key, and be charged again.
  if (fault.status >= 409) reply.header('x-should-retry', 'false');
  reply.code(fault.status).send(errorBody(fault, request.id));
}

export function logFault(error: Error, reference: string, log: Logger): void {
  const { status, code } = faultOf(error);
  if (status >= 500) log.error({ reference, err: error, code }, 'request failed');
  else log.info({ reference, status, code }, 'request refused');
}

/** The body of an error reply, for those who have sent their status already. */
export function errorOf(error: Error, requestId: string) {
  return errorBody(faultOf(error), requestId);
}

export function errorBody({ status, message, code, param, extra }: Fault, requestId: string) {
  const type = TYPES[status] ?? 'server_error';
  return { error: { message, type, code, param, ...extra, request_id: requestId } };
}

function faultOf(error: FastifyError | Error): Fault {
  if (error instanceof DomainError) {
    const { status, code, message, param = null, extra = {} } = error;
    return { status, code, message, param, extra };
  }
  const code = 'code' in error ? error.code : undefined;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return fault(413, 'request_too_large', 'The body is larger than 256 KiB.');
  if (
    code === 'FST_ERR_CTP_INVALID_JSON_BODY' ||
    code === 'FST_ERR_CTP_EMPTY_JSON_BODY' ||
    error instanceof SyntaxError
  ) {
    return fault(400, 'invalid_json', 'The body is not valid JSON.');
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return fault(415, 'unsupported_media_type', 'Send the body as application/json.');
  }
  if (code === 'FST_ERR_BAD_URL') return fault(400, 'invalid_url', 'The path is not a valid URL.');
  if (code === 'FST_ERR_MAX_PARAM_LENGTH')
    return fault(414, 'invalid_url', 'A part of the path is too long.');
  const status = 'statusCode' in error ? error.statusCode : undefined;
  if (status !== undefined && status >= 400 && status < 500)
    return fault(status, 'invalid_request', 'The request is not valid.');
  return fault(500, 'internal_error', 'Something failed inside the router. What was debited stays charged.');
}

export function fault(status: number, code: string, message: string): Fault {
  return { status, code, message, param: null, extra: {} };
}
