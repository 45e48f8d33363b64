import { createHash, type KeyObject } from 'node:crypto';
import { publicKeyFromRaw, rawPublicKey } from '#lib/crypto/key-files';

/**
 * C2SP signed note: a text that ends with a newline, an empty line, and lines `— name base64(keyId[4] || signature)`.
 * keyId = SHA-256(name || 0A || algorithm || public key)[:4]; a verifier key is `name+hex(keyId)+base64(algorithm || key)`.
 */
export const ED25519 = 1;
export const ED25519_COSIGNATURE = 4;
export type Algorithm = typeof ED25519 | typeof ED25519_COSIGNATURE;

export type VerifierKey = { name: string; keyId: Buffer; algorithm: number; key: KeyObject };

const LINE_START = '\u2014 ';

function keyIdOf(name: string, algorithm: number, raw: Buffer): Buffer {
  const hash = createHash('sha256').update(`${name}\n`).update(Uint8Array.of(algorithm)).update(raw);
  return hash.digest().subarray(0, 4);
}

export function formatVerifierKey(name: string, algorithm: Algorithm, key: KeyObject): string {
  const raw = rawPublicKey(key);
  const encoded = Buffer.concat([Uint8Array.of(algorithm), raw]).toString('base64');
  return `${name}+${keyIdOf(name, algorithm, raw).toString('hex')}+${encoded}`;
}

/** Throws for a key whose parts do not belong together. */
export function parseVerifierKey(text: string, algorithm: Algorithm): VerifierKey {
  const [name, id, ...encoded] = text.trim().split('+');
  const bytes = Buffer.from(encoded.join('+'), 'base64');
  if (!name || !id || bytes.length !== 33 || bytes[0] !== algorithm) {
    throw new Error('the verifier key is malformed');
  }
  const raw = bytes.subarray(1);
  const keyId = keyIdOf(name, algorithm, raw);
  if (keyId.toString('hex') !== id) throw new Error('the verifier key does not have the id that it names');
  return { name, keyId, algorithm, key: publicKeyFromRaw(raw) };
}

/** One signature line, without its newline. */
export function signatureLine(name: string, algorithm: Algorithm, key: KeyObject, signature: Buffer): string {
  const id = keyIdOf(name, algorithm, rawPublicKey(key));
  return `${LINE_START}${name} ${Buffer.concat([id, signature]).toString('base64')}`;
}

/** What is signed: up to and with the newline before the empty line. The last empty line ends it: a text may have its own. */
export function noteText(note: string): string {
  const end = note.lastIndexOf('\n\n');
  if (end < 0) throw new Error('the checkpoint has no signature block');
  return note.slice(0, end + 1);
}

export function noteLines(note: string): string[] {
  return note
    .slice(noteText(note).length + 1)
    .split('\n')
    .filter((line) => line !== '');
}

/** The signature by this key, without the key's id; null when there is none. Not yet verified. */
export function signatureBy(note: string, { name, keyId }: VerifierKey): Buffer | null {
  const prefix = `${LINE_START}${name} `;
  for (const line of noteLines(note)) {
    if (!line.startsWith(prefix)) continue;
    const encoded = line.slice(prefix.length);
    const bytes = Buffer.from(encoded, 'base64');
    // Nothing may hide behind a signature: what decodes must be all of the line.
    if (bytes.toString('base64') !== encoded) continue;
    if (bytes.subarray(0, 4).equals(keyId)) return bytes.subarray(4);
  }
  return null;
}

/** The note with further signature lines. */
export function withLines(note: string, lines: readonly string[]): string {
  return `${note}${lines.map((line) => `${line}\n`).join('')}`;
}
