import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { fetchAuthority } from './fetch-authority.ts';
import { NotReachedError, openUnverified } from './open-tunnel.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** Somebody at a port of this machine who does `greet` to whoever calls. */
async function answering(greet: (socket: Socket) => void): Promise<URL> {
  const open = createServer((socket) => greet(socket.on('error', () => {})));
  await new Promise<void>((done) => open.listen(0, '127.0.0.1', done));
  server = open;
  return new URL(`https://127.0.0.1:${(open.address() as AddressInfo).port}`);
}

test('a port at which nobody listens is named, with what to do', async () => {
  const url = await answering(() => {});
  await new Promise((done) => server?.close(done));
  await expect(fetchAuthority(url, 'ab'.repeat(32))).rejects.toThrow(
    new RegExp(`^${url.host} was not reached \\(.*ECONNREFUSED.*\\)\\. Nothing was sent\\..*HTTPS_PROXY`),
  );
});

test('a port of something else says so in one line', async () => {
  const url = await answering((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  const found = await openUnverified(url).catch((error: Error) => error);
  expect(found).toBeInstanceOf(NotReachedError);
  expect((found as Error).message).toMatch(/^\S+ answers, but not in TLS 1\.3 \(ERR_SSL_\w+\)\.$/);
});

test('whoever takes the connection and says nothing is not waited for', async () => {
  const url = await answering(() => {});
  await expect(openUnverified(url, 200)).rejects.toThrow('did not answer');
});
