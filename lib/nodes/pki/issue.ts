import 'reflect-metadata';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { type Authority, fingerprintOf, newSerial } from './authority.ts';
import { importKeyPair, newTlsKey, P256_SIGNING } from './p256.ts';
import { type SpiffeSite, spiffeId } from './spiffe.ts';

export const CERTIFICATE_DAYS = 30;
const DAY_MS = 86_400_000;
/** A node's clock may be this far behind the router's: rounds ask for far less. */
const BACKDATED_MS = 60_000;

export type Issued = { serial: string; fingerprint: string; pem: string; notBefore: Date; notAfter: Date };

/** A client certificate for a site's key. The name is the authority's word; the request's own is not looked at. */
export function issueForSite(
  authority: Authority,
  site: SpiffeSite,
  publicKey: CryptoKey,
  now: Date,
  days = CERTIFICATE_DAYS,
): Promise<Issued> {
  return issue(authority, `CN=${site.nodeId}`, publicKey, now, days, [
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
    new SubjectAlternativeNameExtension([{ type: 'url', value: spiffeId(site) }], false),
  ]);
}

export type ServerCertificate = Issued & { key: string };

/** The channel's own certificate, for a key made with it. */
export async function issueForServer(
  authority: Authority,
  hosts: readonly string[],
  now: Date,
): Promise<ServerCertificate> {
  const key = newTlsKey();
  const { publicKey } = await importKeyPair(key);
  const names = [...new Set(hosts)].map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value }) as const);
  const issued = await issue(authority, 'CN=fdlr channel', publicKey, now, CERTIFICATE_DAYS, [
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension(names, false),
  ]);
  return { ...issued, key };
}

async function issue(
  authority: Authority,
  subject: string,
  publicKey: CryptoKey,
  now: Date,
  days: number,
  extensions: Extension[],
): Promise<Issued> {
  const serial = newSerial();
  const notBefore = new Date(now.getTime() - BACKDATED_MS);
  // No certificate outlives the authority that it hangs from.
  const notAfter = new Date(
    Math.min(now.getTime() + days * DAY_MS, authority.certificate.notAfter.getTime()),
  );
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serial,
    subject,
    issuer: authority.certificate.subject,
    notBefore,
    notAfter,
    signingAlgorithm: P256_SIGNING,
    publicKey,
    signingKey: authority.key,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      await AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
      ...extensions,
    ],
  });
  const pem = certificate.toString('pem');
  return { serial, fingerprint: fingerprintOf(certificate.rawData), pem, notBefore, notAfter };
}
