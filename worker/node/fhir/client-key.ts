import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { calculateJwkThumbprint, type JWK } from 'jose';

/** The key this node proves itself with at the hospital's FHIR server: P-384, made here, never sent anywhere. */
export type ClientKey = { key: KeyObject; kid: string; jwks: { keys: JWK[] } };

export const jwksFileOf = (keyFile: string) => keyFile.replace(/(\.pem)?$/, '.jwks.json');

/** Loads the key, or makes it with the JWKS file beside it that is registered at the server. */
export async function loadClientKey(keyFile: string): Promise<ClientKey> {
  if (!existsSync(keyFile)) {
    mkdirSync(dirname(keyFile), { recursive: true, mode: 0o700 });
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(keyFile, pem, { mode: 0o600, flag: 'wx', flush: true });
  }
  const key = createPrivateKey(readFileSync(keyFile, 'utf8'));
  const { kty, crv, x, y } = createPublicKey(key).export({ format: 'jwk' });
  if (kty !== 'EC' || crv !== 'P-384' || !x || !y)
    throw new Error(`${keyFile} is not a P-384 key: move it away and a new one is made.`);
  const bare: JWK = { kty, crv, x, y };
  const kid = await calculateJwkThumbprint(bare);
  const jwks = { keys: [{ ...bare, kid, alg: 'ES384', use: 'sig', key_ops: ['verify'] }] };
  writeFileSync(jwksFileOf(keyFile), `${JSON.stringify(jwks, null, 2)}\n`, { mode: 0o644 });
  return { key, kid, jwks };
}
