import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** RFC 4648 without 1 and 0, which people read as I and O. */
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LOCATOR_CHARACTERS = 8;
const SECRET_CHARACTERS = 32;
const GROUP = 4;

export type InviteCode = {
  /** As the hospital types it: ten groups of four. */
  code: string;
  /** The first two groups: by these the invite is found. Not secret by itself. */
  locator: string;
  /** SHA-256 of the other eight (160 bits): all that is stored of them. */
  codeSha256: Buffer;
};

export function newInviteCode(): InviteCode {
  const text = [...randomBytes(LOCATOR_CHARACTERS + SECRET_CHARACTERS)]
    .map((byte) => BASE32[byte & 31])
    .join('');
  return { ...split(text)!, code: text.match(new RegExp(`.{${GROUP}}`, 'g'))!.join('-') };
}

/** Null for what is no code. */
export function readInviteCode(typed: string): Omit<InviteCode, 'code'> | null {
  return split(typed.toUpperCase().replace(/[\s-]/g, ''));
}

function split(text: string): Omit<InviteCode, 'code'> | null {
  if (!/^[A-Z2-7]{40}$/.test(text)) return null;
  const codeSha256 = createHash('sha256').update(text.slice(LOCATOR_CHARACTERS)).digest();
  return { locator: text.slice(0, LOCATOR_CHARACTERS), codeSha256 };
}

/**
 * What a node shows of the code: that it knows it, for this request and this key alone. The code does not travel, and
 * what travels is worth nothing with another key.
 */
export function codeProof(codeSha256: Uint8Array, csr: Uint8Array, identityKey: Uint8Array): Buffer {
  const bound = createHash('sha256').update(csr).update(identityKey).digest();
  return createHmac('sha256', codeSha256).update('fdlr/enrol/v1\0').update(bound).digest();
}

export function provesCode(
  proof: Uint8Array,
  codeSha256: Uint8Array,
  csr: Uint8Array,
  identityKey: Uint8Array,
): boolean {
  const expected = codeProof(codeSha256, csr, identityKey);
  return proof.length === expected.length && timingSafeEqual(proof, expected);
}
