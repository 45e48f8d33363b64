import { type ClientRequest, request as httpRequest } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { proxyFor } from '../channel/proxy.ts';

const TIMEOUT_MS = 10_000;

/** A connection to the router's port: straight, or through the hospital's proxy. */
function openTcp(url: URL): Promise<Socket> {
  const proxy = proxyFor(url)?.proxy;
  const port = Number(url.port || 443);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    if (!proxy) {
      const socket = connect({ host, port, timeout: TIMEOUT_MS }, () => resolve(socket));
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
      timeout: TIMEOUT_MS,
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
 * The caller ends it.
 */
export async function openUnverified(url: URL): Promise<TLSSocket> {
  const socket = await openTcp(url);
  const name = url.hostname;
  return new Promise((resolve, reject) => {
    const tls = connectTls({
      socket,
      ...(isIP(name) ? {} : { servername: name }),
      minVersion: 'TLSv1.3',
      rejectUnauthorized: false,
    });
    tls.once('secureConnect', () => resolve(tls));
    tls.once('error', reject);
  });
}
