import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '#lib/errors';
import type { Logger } from '#lib/log';

/** Every failure in OpenAI's form. Nothing here was charged, and nothing of the question is logged. */
export function replyWithLocalError(log: Logger) {
  return (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply) => {
    const { status, code, message, param } = faultOf(error);
    if (status >= 500) log.error({ requestId: request.id, code }, 'a local question failed');
    const type =
      status >= 500 ? 'server_error' : status === 401 ? 'authentication_error' : 'invalid_request_error';
    reply.code(status).send({ error: { message, type, code, param, request_id: request.id } });
  };
}

function faultOf(error: FastifyError | Error) {
  if (error instanceof DomainError) {
    const { status, code, message, param = null } = error;
    return { status, code, message, param };
  }
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500;
  if (status >= 400 && status < 500)
    return { status, code: 'invalid_request', message: 'The request is not valid.', param: null };
  return {
    status: 500,
    code: 'internal_error',
    message: 'The node could not answer: see its log.',
    param: null,
  };
}
