import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Logger } from '#lib/log';
import type { RouterContext } from '../context.ts';
import { createGateway } from './server.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const logged: unknown[] = [];
let app: FastifyInstance;

beforeAll(async () => {
  const write = (facts: unknown) => void logged.push(facts);
  const log = { info: write, error: write } as unknown as Logger;
  app = createGateway({ env: { FDLR_PUBLIC_API_URL: 'http://localhost:3001' }, log } as RouterContext);
  await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => app.close());

/** As a caller may send it and no client library would. */
async function send(bytes: string) {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(bytes);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  const requestId = /^x-request-id: (.*)$/im.exec(head)?.[1]?.trim();
  return { status: Number(head.split(' ')[1]), requestId, error: JSON.parse(body).error };
}

it.each([
  ['an undecodable path', '/v1/audit/proof/%E0%A4%A', 400, 'invalid_url'],
  ['an undecodable path of nothing', '/%', 400, 'invalid_url'],
  ['an overlong part', `/v1/audit/proof/${'a'.repeat(200)}`, 414, 'invalid_url'],
  ['a header that is none', '/healthz', 400, 'invalid_request', 'no colon here'],
  ['a control character in a header', '/healthz', 400, 'invalid_request', 'x-a: \u0001\u0000'],
  ['headers without end', '/healthz', 431, 'headers_too_large', `x-a: ${'a'.repeat(20_000)}`],
])('%s is refused in the form of the API', async (_, path, status, code, header = 'x-a: 1') => {
  logged.length = 0;
  const reply = await send(`GET ${path} HTTP/1.1\r\nHost: a\r\n${header}\r\nConnection: close\r\n\r\n`);
  expect(reply).toMatchObject({ status, error: { code, type: 'invalid_request_error', param: null } });
  expect(reply.requestId).toMatch(UUID);
  expect(reply.error.request_id).toBe(reply.requestId);
  expect(logged).toEqual([expect.objectContaining({ reference: reply.requestId, status, code })]);
  // What was sent is not repeated.
  expect(reply.error.message).not.toMatch(/%|aaa/);
});
