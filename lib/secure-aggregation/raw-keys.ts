import { createPublicKey, type KeyObject } from 'node:crypto';

/** SubjectPublicKeyInfo up to the raw key, whose length is fixed by the algorithm (RFC 8410; RFC 9935 for ML-KEM). */
const SPKI = {
  x25519: { prefix: Buffer.from('302a300506032b656e032100', 'hex'), bytes: 32 },
  'ml-kem-768': { prefix: Buffer.from('308204b2300b0609608648016503040402038204a100', 'hex'), bytes: 1184 },
};
export type KeyKind = keyof typeof SPKI;

/** Bytes of a raw public key, and of an ML-KEM-768 ciphertext. */
export const X25519_BYTES = SPKI.x25519.bytes;
export const MLKEM_BYTES = SPKI['ml-kem-768'].bytes;
export const CIPHERTEXT_BYTES = 1088;

export function rawKeyOf(publicKey: KeyObject, kind: KeyKind): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(SPKI[kind].prefix.length);
}

/** @throws RangeError for another number of bytes, and what OpenSSL throws for bytes that are no key. */
export function publicKeyOf(raw: Uint8Array, kind: KeyKind): KeyObject {
  const { prefix, bytes } = SPKI[kind];
  if (raw.length !== bytes) throw new RangeError(`a raw ${kind} key has ${bytes} bytes`);
  return createPublicKey({ key: Buffer.concat([prefix, raw]), type: 'spki', format: 'der' });
}
