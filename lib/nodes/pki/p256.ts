import { createPrivateKey, generateKeyPairSync } from 'node:crypto';

export const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;
export const P256_SIGNING = { ...P256, hash: 'SHA-256' } as const;

/** A new TLS key, PKCS #8 PEM. */
export function newTlsKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Of PKCS #8 or SEC 1 PEM. Throws for any other key. */
export async function importPrivateKey(pem: string): Promise<CryptoKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  return crypto.subtle.importKey('pkcs8', new Uint8Array(der), P256, true, ['sign']);
}

export async function privateKeyPem(key: CryptoKey): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', key));
  return createPrivateKey({ key: der, type: 'pkcs8', format: 'der' })
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();
}

/** Both halves of a key in PEM, for those who sign with one and name the other. */
export async function importKeyPair(pem: string): Promise<CryptoKeyPair> {
  const privateKey = await importPrivateKey(pem);
  const { d: _, key_ops: __, ...jwk } = await crypto.subtle.exportKey('jwk', privateKey);
  return { privateKey, publicKey: await crypto.subtle.importKey('jwk', jwk, P256, true, ['verify']) };
}
