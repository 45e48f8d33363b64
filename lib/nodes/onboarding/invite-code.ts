import { createHash, createPrivateKey, type KeyObject, randomBytes, sign, verify } from 'node:crypto';
import { publicKeyFromRaw, rawPublicKey } from '#lib/crypto/key-files';

/** RFC 4648 without 1 and 0, which people read as I and O. */
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LOCATOR_CHARACTERS = 8;
const SECRET_CHARACTERS = 32;
const GROUP = 4;
/** PKCS #8 of an Ed25519 key up to its 32-byte seed (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

export type InviteCode = {
  /** As the hospital types it: ten groups of four. */
  code: string;
  /** The first two groups: by these the invite is found. Not secret by itself. */
  locator: string;
  /** The public half of the Ed25519 key that the other eight (160 bits) are the seed of: who reads it cannot enrol. */
  codeKey: Buffer;
};

export function newInviteCode(): InviteCode {
  const text = [...randomBytes(LOCATOR_CHARACTERS + SECRET_CHARACTERS)]
    .map((byte) => BASE32[byte & 31])
    .join('');
  const { locator, signingKey } = split(text)!;
  const code = text.match(new RegExp(`.{${GROUP}}`, 'g'))!.join('-');
  return { code, locator, codeKey: rawPublicKey(signingKey) };
}

/** What a typed code holds: where its invite is, and the key that proves it. Null for what is no code. */
export function readInviteCode(typed: string): { locator: string; signingKey: KeyObject } | null {
  return split(typed.toUpperCase().replace(/[\s-]/g, ''));
}

function split(text: string): { locator: string; signingKey: KeyObject } | null {
  if (!/^[A-Z2-7]{40}$/.test(text)) return null;
  const seed = createHash('sha256')
    .update('fdlr/invite/v1\0')
    .update(text.slice(LOCATOR_CHARACTERS))
    .digest();
  const signingKey = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    type: 'pkcs8',
    format: 'der',
  });
  return { locator: text.slice(0, LOCATOR_CHARACTERS), signingKey };
}

function bound(csr: Uint8Array, identityKey: Uint8Array): Buffer {
  return createHash('sha256').update('fdlr/enrol/v1\0').update(csr).update(identityKey).digest();
}

/**
 * What a node shows of the code: that it knows it, for this request and this key alone. The code does not travel, and
 * what travels is worth nothing with another key.
 */
export function codeProof(signingKey: KeyObject, csr: Uint8Array, identityKey: Uint8Array): Buffer {
  return sign(null, bound(csr, identityKey), signingKey);
}

export function provesCode(
  proof: Uint8Array,
  codeKey: Uint8Array,
  csr: Uint8Array,
  identityKey: Uint8Array,
): boolean {
  return verify(null, bound(csr, identityKey), publicKeyFromRaw(codeKey), proof);
}
