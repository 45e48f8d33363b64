import { createServer, type Server } from 'node:https';
import type { RouterEnv } from '#lib/env';
import type { Authority } from '#lib/nodes/pki/authority';
import { issueForServer } from '#lib/nodes/pki/issue';

/** Half the life of the certificate: a process that runs for months always has one in force. */
const RENEW_MS = 15 * 24 * 3_600_000;

/**
 * The TLS server that nodes dial: TLS 1.3 alone, with a certificate of our authority made anew at each start. A client's
 * certificate is asked for and checked by whoever needs it: a node that enrols has none yet. It does not listen yet.
 */
export async function openChannelListener(
  env: RouterEnv,
  authority: Authority,
): Promise<{ server: Server; close: () => void }> {
  const hosts = [
    new URL(env.FDLR_PUBLIC_CHANNEL_URL).hostname.replace(/^\[|\]$/g, ''),
    'localhost',
    '127.0.0.1',
  ];
  const context = async () => {
    const { key, pem } = await issueForServer(authority, hosts, new Date());
    // With the authority behind it: a hospital that has the fingerprint alone finds it in the chain.
    return { key, cert: `${pem}\n${authority.pem}`, ca: authority.pem };
  };
  const server = createServer({
    ...(await context()),
    minVersion: 'TLSv1.3',
    requestCert: true,
    rejectUnauthorized: false,
  });
  const timer = setInterval(() => {
    context().then(
      (fresh) => server.setSecureContext({ ...fresh, minVersion: 'TLSv1.3' }),
      () => {},
    );
  }, RENEW_MS);
  timer.unref();
  const close = () => {
    clearInterval(timer);
    server.close();
    server.closeAllConnections();
  };
  return { server, close };
}

/** Resolves once it listens; rejects where somebody else does. */
export function listenOn(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
