import { type ClientRequest, request as httpRequest } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { proxyFor } from '../channel/proxy.ts';

const TIMEOUT_MS = 10_000;

/** Nobody answers there, or not as a router does. Its words say which, for people. */
export class NotReachedError extends Error {
  override readonly name = 'NotReachedError';
}

function notReached({ host }: URL, cause: NodeJS.ErrnoException): NotReachedError {
  // What OpenSSL says of itself is several lines that help nobody; its code can be looked up.
  const what = /^ERR_SSL/.test(cause.code ?? '')
    ? `${host} answers, but not in TLS 1.3 (${cause.code}).`
    : `${host} was not reached (${cause.message}).`;
  return new NotReachedError(what, { cause });
}

/** A connection to the router's port: straight, or through the hospital's proxy. */
function openTcp(url: URL, timeoutMs: number): Promise<Socket> {
  const proxy = proxyFor(url)?.proxy;
  const port = Number(url.port || 443);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    if (!proxy) {
      const socket = connect({ host, port, timeout: timeoutMs }, () => resolve(socket));
      socket
        .once('error', reject)
        .once('timeout', () => socket.destroy(new Error('the router did not answer')));
      return;
    }
    const user = decodeURIComponent(proxy.username);
    const credentials = Buffer.from(`${user}:${decodeURIComponent(proxy.password)}`).toString('base64');
    const asked: ClientRequest = httpRequest({
      host: proxy.hostname,
      port: proxy.port || 80,
      method: 'CONNECT',
      path: `${url.hostname}:${port}`,
      headers: user ? { 'proxy-authorization': `Basic ${credentials}` } : {},
      timeout: timeoutMs,
    });
    asked.once('connect', (response, socket) => {
      if (response.statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new Error(`the proxy ${proxy.host} answered ${response.statusCode}`));
    });
    asked.once('timeout', () => asked.destroy(new Error('the proxy did not answer')));
    asked.once('error', reject).end();
  });
}

/**
 * A TLS connection whose other end is not believed yet: for looking at what it presents, before anything is sent.
 * The caller ends it. @throws NotReachedError
 */
export async function openUnverified(url: URL, timeoutMs = TIMEOUT_MS): Promise<TLSSocket> {
  try {
    return await handshake(url, await openTcp(url, timeoutMs), timeoutMs);
  } catch (error) {
    throw error instanceof Error ? notReached(url, error) : error;
  }
}

function handshake(url: URL, socket: Socket, timeoutMs: number): Promise<TLSSocket> {
  const name = url.hostname;
  return new Promise((resolve, reject) => {
    const tls = connectTls({
      socket,
      ...(isIP(name) ? {} : { servername: name }),
      minVersion: 'TLSv1.3',
      rejectUnauthorized: false,
    });
    socket.setTimeout(0).on('error', reject);
    // Whoever takes the connection and then says nothing would be waited for without end.
    tls.setTimeout(timeoutMs, () => tls.destroy(new Error('it did not answer')));
    tls.once('secureConnect', () => resolve(tls.setTimeout(0)));
    // Every one of them: a second error, of the socket below, would end the process.
    tls.on('error', reject);
  });
}
