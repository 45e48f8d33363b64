import { createHash, createSecretKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '#lib/crypto/canonical-json';
import { announcementHash, type KeyAnnouncement } from './key-announcement.ts';
import { CIPHERTEXT_BYTES } from './raw-keys.ts';

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

/** What the node with the lower id sends the other one of a pair, signed with its identity key. */
export const encapsulationSchema = z.strictObject({
  v: z.literal(1),
  from: z.uuid(),
  to: z.uuid(),
  /** Hashes of the two announcements it was made for. */
  fromKeys: hex(32),
  toKeys: hex(32),
  /** ML-KEM-768 ciphertext. */
  ciphertext: hex(CIPHERTEXT_BYTES),
  signature: hex(64),
});
export type Encapsulation = z.infer<typeof encapsulationSchema>;

const CONTEXT = 'fdpr/encapsulation/v1\0';
const INFO = 'fdpr/pair/v1';
const SECRET_BYTES = 32;

export type Unsigned = Omit<Encapsulation, 'signature'>;

function signedBytes({ v, from, to, fromKeys, toKeys, ciphertext }: Unsigned): Buffer {
  return Buffer.from(CONTEXT + canonicalJson({ v, from, to, fromKeys, toKeys, ciphertext }));
}

export function signEncapsulation(unsigned: Unsigned, identity: KeyObject): Encapsulation {
  return { ...unsigned, signature: sign(null, signedBytes(unsigned), identity).toString('hex') };
}

export function verifyEncapsulation(encapsulation: Encapsulation, identity: KeyObject): boolean {
  return verify(null, signedBytes(encapsulation), identity, Buffer.from(encapsulation.signature, 'hex'));
}

/** Whether it was made for exactly these keys of the two. */
export function isFor(encapsulation: Encapsulation, low: KeyAnnouncement, high: KeyAnnouncement): boolean {
  return (
    encapsulation.from === low.nodeId &&
    encapsulation.to === high.nodeId &&
    encapsulation.fromKeys === announcementHash(low).toString('hex') &&
    encapsulation.toKeys === announcementHash(high).toString('hex')
  );
}

/**
 * s_ij = HKDF-SHA256(X25519 shared || ML-KEM shared, salt = SHA-256(announcement_lo || announcement_hi || ciphertext),
 * info = "fdpr/pair/v1"): whoever would know it has to break both, and both sides saw the same keys and ciphertext.
 */
export function pairSecret(args: {
  x25519Shared: Uint8Array;
  mlkemShared: Uint8Array;
  low: KeyAnnouncement;
  high: KeyAnnouncement;
  ciphertext: Uint8Array;
}): KeyObject {
  const salt = createHash('sha256')
    .update(canonicalJson(args.low))
    .update(canonicalJson(args.high))
    .update(args.ciphertext)
    .digest();
  const input = Buffer.concat([args.x25519Shared, args.mlkemShared]);
  return createSecretKey(Buffer.from(hkdfSync('sha256', input, salt, INFO, SECRET_BYTES)));
}
