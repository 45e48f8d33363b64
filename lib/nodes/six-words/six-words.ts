import { createHash } from 'node:crypto';
import { WORDS } from './word-list.ts';

const COUNT = 6;
const BITS_A_WORD = 11n;

/** 66 bits of a SHA-256, as six words that two people can read to each other. */
export function sixWords(sha256: Uint8Array): string[] {
  const bits = BigInt(`0x${Buffer.from(sha256).toString('hex')}`) >> (256n - BITS_A_WORD * BigInt(COUNT));
  return Array.from({ length: COUNT }, (_, i) => {
    const shift = BITS_A_WORD * BigInt(COUNT - 1 - i);
    return WORDS[Number((bits >> shift) & 0x7ffn)]!;
  });
}

/**
 * What a hospital and the console compare before a node is certified: who reads the same six words on both sides knows
 * that the request, the identity key and the authority are the same there.
 * @param caFingerprint SHA-256 of the authority's DER, hex.
 */
export function enrolmentWords(csr: Uint8Array, identityKey: Uint8Array, caFingerprint: string): string[] {
  const hash = createHash('sha256').update(csr).update(identityKey).update(Buffer.from(caFingerprint, 'hex'));
  return sixWords(hash.digest());
}

/** The words of an identity key alone: what a hospital compares with another before it pins that one as a peer. */
export function identityWords(identityKey: Uint8Array): string[] {
  return sixWords(createHash('sha256').update('fdlr/peer/v1\0').update(identityKey).digest());
}

/** As people type them: any case, with spaces, commas or hyphens between. */
export function readWords(text: string): string[] {
  return text.toLowerCase().match(/[a-z]+/g) ?? [];
}
