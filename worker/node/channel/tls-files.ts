import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprintOf } from '#lib/nodes/pki/authority';
import { writeDurably } from '../witness/write-durably.ts';

/** Key and certificate in one file: they change together or not at all. */
const BUNDLE = 'tls.pem';
const AUTHORITY = 'ca.pem';

export type TlsFiles = { ca: string; cert: string; key: string; certificate: X509Certificate };

/** What this node dials with. @throws with the file's name for what is missing or is not the authority it has pinned. */
export function readTls({ dataDir, caFingerprint }: { dataDir: string; caFingerprint: string }): TlsFiles {
  const ca = readAuthority(dataDir, caFingerprint);
  const file = join(dataDir, BUNDLE);
  const bundle = read(file);
  const key = /-----BEGIN PRIVATE KEY-----[\s\S]+?-----END PRIVATE KEY-----\n?/.exec(bundle)?.[0];
  const cert = /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\n?/.exec(bundle)?.[0];
  if (!key || !cert)
    throw new Error(`${file} does not hold a key and its certificate. Enrol the node again.`);
  return { ca, cert, key, certificate: new X509Certificate(cert) };
}

export function readAuthority(dataDir: string, caFingerprint: string): string {
  const file = join(dataDir, AUTHORITY);
  const ca = read(file);
  if (fingerprintOf(new X509Certificate(ca).raw) !== caFingerprint)
    throw new Error(`${file} is not the authority that this node has pinned.`);
  return ca;
}

/** Puts a new certificate, and its key, in the place of the former. @throws for a certificate of another key. */
export async function writeTls(dataDir: string, key: string, cert: string): Promise<void> {
  const certificate = new X509Certificate(cert);
  if (!certificate.publicKey.equals(createPublicKey(createPrivateKey(key))))
    throw new Error('The certificate is for another key.');
  await writeDurably(join(dataDir, BUNDLE), `${key.trimEnd()}\n${cert.trimEnd()}\n`);
}

export async function writeAuthority(dataDir: string, pem: string): Promise<void> {
  await writeDurably(join(dataDir, AUTHORITY), `${pem.trimEnd()}\n`);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(`${file} cannot be read. Enrol the node with fdlr node init.`, { cause });
  }
}
