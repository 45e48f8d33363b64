import { type Bytes, fromBase64, hex, sha256, utf8 } from './bytes.ts';

/** C2SP signed notes with the body of a tlog-checkpoint, as a browser reads them. */
export const ALGORITHM_ED25519 = 1;
export const ALGORITHM_COSIGNATURE = 4;

export type NoteKey = { name: string; keyId: string; algorithm: number; raw: Bytes };
export type SignedHead = { origin: string; size: string; rootHash: string };

/** The signed part of a note: up to and with the newline before the last empty line. */
export function textOf(note: string): string {
  const end = note.lastIndexOf('\n\n');
  if (end < 0) throw new Error('the checkpoint has no signature block');
  return note.slice(0, end + 1);
}

/** What a head says of itself. Throws unless it is three lines: origin, size and root. */
export function readHead(note: string): SignedHead {
  const [origin, size, root, ...rest] = textOf(note).split('\n');
  if (!origin || !size || !/^(0|[1-9][0-9]{0,17})$/.test(size) || !root || rest.join('') !== '')
    throw new Error('the checkpoint is malformed');
  return { origin, size, rootHash: hex(fromBase64(root)) };
}

/** Whose key it is. */
export const nameOfKey = (verifierKey: string): string => verifierKey.trim().split('+')[0] ?? '';

/** `name+keyId+base64(algorithm || key)`. */
export function parseKey(verifierKey: string, algorithm = ALGORITHM_ED25519): NoteKey {
  const [name, keyId, ...encoded] = verifierKey.trim().split('+');
  const bytes = fromBase64(encoded.join('+'));
  if (!name || !keyId || bytes.length !== 33 || bytes[0] !== algorithm)
    throw new Error('the key is malformed');
  return { name, keyId, algorithm, raw: bytes.slice(1) };
}

/** What stands behind the key's id on the note's line of this signer; null where the key has no such line or id. */
export async function signatureOf(note: string, key: NoteKey): Promise<Bytes | null> {
  const expected = await sha256(utf8(`${key.name}\n`), Uint8Array.of(key.algorithm), key.raw);
  if (hex(expected.subarray(0, 4)) !== key.keyId) return null;
  const prefix = `\u2014 ${key.name} `;
  const signed = note
    .slice(textOf(note).length + 1)
    .split('\n')
    .filter((line) => line.startsWith(prefix))
    .map((line) => fromBase64(line.slice(prefix.length)))
    .find((bytes) => hex(bytes.subarray(0, 4)) === key.keyId);
  return signed?.slice(4) ?? null;
}

export async function ed25519Holds(raw: Bytes, signature: Bytes, message: string): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', raw, { name: 'Ed25519' }, false, ['verify']);
  return crypto.subtle.verify({ name: 'Ed25519' }, key, signature, utf8(message));
}

/** Whether the log itself signed this head. */
export async function signatureHolds(note: string, verifierKey: string): Promise<boolean> {
  const key = parseKey(verifierKey);
  const signature = await signatureOf(note, key);
  return signature !== null && ed25519Holds(key.raw, signature, textOf(note));
}
