import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509Certificate,
} from '@peculiar/x509';
import { loadOrCreateText } from '#lib/crypto/key-files';
import { importPrivateKey, P256, P256_SIGNING, privateKeyPem } from './p256.ts';

const YEARS = 10;
const DAY_MS = 86_400_000;

/** Whoever's certificates count on the channel. */
export type Authority = {
  certificate: X509Certificate;
  pem: string;
  key: CryptoKey;
  /** SHA-256 of the DER, hex: what hospitals pin. */
  fingerprint: string;
};

/** An operator's own authority: both files, or neither. */
export type GivenAuthority = { certFile: string | undefined; keyFile: string | undefined };

/**
 * The authority of this federation from the router's keys folder, made at the first start; or the one that is given.
 * Throws one line that names the file for one that is not usable.
 */
export async function loadAuthority(folder: string, given?: GivenAuthority): Promise<Authority> {
  if (given?.certFile || given?.keyFile) {
    if (!given.certFile || !given.keyFile)
      throw new Error('FDLR_CA_CERT_FILE and FDLR_CA_KEY_FILE belong together: set both or none.');
    return read(given.certFile, given.keyFile);
  }
  const keyFile = join(folder, 'ca.key');
  const certFile = join(folder, 'ca.pem');
  if (!existsSync(certFile)) {
    const pair = await crypto.subtle.generateKey(P256, true, ['sign', 'verify']);
    const keyPem = loadOrCreateText(keyFile, await privateKeyPem(pair.privateKey));
    loadOrCreateText(certFile, await selfSigned(keyPem));
  }
  return read(certFile, keyFile);
}

async function read(certFile: string, keyFile: string): Promise<Authority> {
  let certificate: X509Certificate;
  let key: CryptoKey;
  try {
    certificate = new X509Certificate(readFileSync(certFile, 'utf8'));
    key = await importPrivateKey(readFileSync(keyFile, 'utf8'));
  } catch (cause) {
    throw new Error(`The authority of ${certFile} and ${keyFile} (P-256, PKCS #8 PEM) cannot be read.`, {
      cause,
    });
  }
  const isAuthority = certificate.getExtension(BasicConstraintsExtension)?.ca === true;
  if (!isAuthority) throw new Error(`${certFile} is no certificate authority.`);
  if (certificate.notAfter <= new Date())
    throw new Error(`The certificate authority of ${certFile} has expired.`);
  if (!(await belongTogether(certificate, key))) throw new Error(`${keyFile} is not the key of ${certFile}.`);
  return {
    certificate,
    pem: certificate.toString('pem'),
    key,
    fingerprint: fingerprintOf(certificate.rawData),
  };
}

export function fingerprintOf(der: ArrayBuffer | Uint8Array): string {
  return createHash('sha256').update(new Uint8Array(der)).digest('hex');
}

async function belongTogether(certificate: X509Certificate, key: CryptoKey): Promise<boolean> {
  const bytes = new TextEncoder().encode('fdlr');
  const signature = await crypto.subtle.sign(P256_SIGNING, key, bytes);
  const publicKey = await certificate.publicKey.export(P256, ['verify']);
  return crypto.subtle.verify(P256_SIGNING, publicKey, signature, bytes);
}

async function selfSigned(keyPem: string): Promise<string> {
  const privateKey = await importPrivateKey(keyPem);
  const { d: _, key_ops: __, ...jwk } = await crypto.subtle.exportKey('jwk', privateKey);
  const publicKey = await crypto.subtle.importKey('jwk', jwk, P256, true, ['verify']);
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: 'CN=Federated DP-LLM Router authority',
    // An hour back: the clock of a hospital may be behind.
    notBefore: new Date(now - 3_600_000),
    notAfter: new Date(now + YEARS * 365 * DAY_MS),
    signingAlgorithm: P256_SIGNING,
    keys: { privateKey, publicKey },
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
    ],
  });
  return certificate.toString('pem');
}

/** 127 random bits, positive. */
export function newSerial(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}
