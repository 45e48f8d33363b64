import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { Pkcs10CertificateRequest, Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import { importKeyPair, P256, P256_SIGNING } from './p256.ts';

/** A P-256 request, its own signature checked. */
export type CertificateRequest = { der: Buffer; publicKey: CryptoKey; spkiSha256: Buffer };

/** What a node asks to have certified. It names nobody: the authority writes the name of whom it knows. */
export async function makeRequest(tlsKeyPem: string): Promise<Buffer> {
  const keys = await importKeyPair(tlsKeyPem);
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: 'CN=fdlr node',
    keys,
    signingAlgorithm: P256_SIGNING,
  });
  return Buffer.from(request.rawData);
}

/** Null for what is no request, is not signed by its own key, or is for another kind of key. */
export async function readRequest(der: Uint8Array): Promise<CertificateRequest | null> {
  try {
    const request = new Pkcs10CertificateRequest(new Uint8Array(der));
    const publicKey = await request.publicKey.export(P256, ['verify']);
    if (!(await request.verify())) return null;
    return { der: Buffer.from(der), publicKey, spkiSha256: spkiHash(request.publicKey.rawData) };
  } catch {
    return null;
  }
}

export function spkiHash(spki: ArrayBuffer): Buffer {
  return createHash('sha256').update(new Uint8Array(spki)).digest();
}
