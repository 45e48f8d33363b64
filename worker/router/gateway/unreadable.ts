import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '#lib/log';
import { REQUEST_ID_HEADER } from '#lib/request-context';
import { errorBody, fault } from './error-reply.ts';

/** Answers bytes that are no HTTP request, which reach no route, in the API's own form; then hangs up. */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket, log: Logger): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const { status, code, message } = faultOf(error.code);
  const reference = randomUUID();
  log.info({ reference, status, code }, 'request refused');
  if (socket.writable) {
    const body = JSON.stringify(errorBody(fault(status, code, message), reference));
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `${REQUEST_ID_HEADER}: ${reference}`,
      'Connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroy();
}

function faultOf(code: string | undefined): { status: number; code: string; message: string } {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return { status: 408, code: 'request_timeout', message: 'The request did not arrive in time.' };
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return { status: 431, code: 'headers_too_large', message: 'The headers are larger than 16 KiB.' };
  }
  return { status: 400, code: 'invalid_request', message: 'The request is not valid HTTP.' };
}
