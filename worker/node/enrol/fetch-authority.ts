import { X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { fingerprintOf } from '#lib/nodes/pki/authority';
import { NotReachedError, openUnverified } from './open-tunnel.ts';

/** Whoever answers there is not vouched for by the authority that the invite names. */
export class WrongAuthorityError extends Error {
  override readonly name = 'WrongAuthorityError';
}

/**
 * The authority behind what the router presents, if its fingerprint is the one that the hospital was told. Nothing is sent
 * before that. Returns its certificate, PEM. @throws WrongAuthorityError, NotReachedError
 */
export async function fetchAuthority(url: URL, caFingerprint: string): Promise<string> {
  const tls = await openUnverified(url).catch((error: unknown) => {
    if (!(error instanceof NotReachedError)) throw error;
    const next = `Nothing was sent. Check the invite's address, and let this machine open TCP to it, straight or through HTTPS_PROXY.`;
    throw new NotReachedError(`${error.message} ${next}`, { cause: error });
  });
  try {
    const authority = chainOf(tls).find((der) => fingerprintOf(der) === caFingerprint);
    if (!authority) {
      throw new WrongAuthorityError(
        `${url.host} is not vouched for by the authority with this fingerprint. Nothing was sent. Compare the fingerprint with whoever invited you: a proxy that opens TLS, or somebody else, may be in between.`,
      );
    }
    return new X509Certificate(authority).toString();
  } finally {
    tls.destroy();
  }
}

function chainOf(tls: TLSSocket): Buffer[] {
  const chain: Buffer[] = [];
  let current: DetailedPeerCertificate | undefined = tls.getPeerCertificate(true);
  while (current?.raw && !chain.some((der) => der.equals(current!.raw))) {
    chain.push(current.raw);
    current = current.issuerCertificate;
  }
  return chain;
}
