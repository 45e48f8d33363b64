import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { publicKeyFromRaw, rawPublicKey } from '#lib/crypto/key-files';

/**
 * C2SP tlog-checkpoint: `origin \n size \n base64(root) \n` signed as a C2SP signed note. A signature line is
 * `— name base64(keyId[4] || Ed25519)`; keyId = SHA-256(name || 0A || 01 || public key)[:4].
 */
export type Checkpoint = { origin: string; size: bigint; root: Buffer };

const ALGORITHM_ED25519 = 1;

function keyId(name: string, publicKey: Buffer): Buffer {
  const hashed = createHash('sha256')
    .update(`${name}\n`)
    .update(Uint8Array.of(ALGORITHM_ED25519))
    .update(publicKey);
  return hashed.digest().subarray(0, 4);
}

function body({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

/** `name+hex(keyId)+base64(01 || key)`: what a third party needs to check the log's notes. */
export function verifierKey(name: string, key: KeyObject): string {
  const raw = rawPublicKey(key);
  const encoded = Buffer.concat([Uint8Array.of(ALGORITHM_ED25519), raw]).toString('base64');
  return `${name}+${keyId(name, raw).toString('hex')}+${encoded}`;
}

export function signCheckpoint(checkpoint: Checkpoint, key: KeyObject): string {
  const text = body(checkpoint);
  const id = keyId(checkpoint.origin, rawPublicKey(key));
  const signature = Buffer.concat([id, sign(null, Buffer.from(text), key)]).toString('base64');
  return `${text}\n\u2014 ${checkpoint.origin} ${signature}\n`;
}

/** Checks a note against a verifier key. Throws with the reason when it does not hold. */
export function openCheckpoint(note: string, verifier: string): Checkpoint {
  const [name, idHex, encoded] = splitVerifier(verifier);
  const end = note.indexOf('\n\n');
  if (end < 0) throw new Error('the checkpoint has no signature block');
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2).split('\n');
  const prefix = `\u2014 ${name} `;
  const signed = lines
    .filter((line) => line.startsWith(prefix))
    .map((line) => Buffer.from(line.slice(prefix.length), 'base64'))
    .find((bytes) => bytes.subarray(0, 4).toString('hex') === idHex);
  if (!signed) throw new Error(`the checkpoint is not signed by ${name}`);
  const raw = Buffer.from(encoded, 'base64').subarray(1);
  if (!verify(null, Buffer.from(text), publicKeyFromRaw(raw), signed.subarray(4))) {
    throw new Error(`the signature of ${name} does not match the checkpoint`);
  }
  const [origin, size, root, ...rest] = text.split('\n');
  if (!origin || !size || !/^(0|[1-9][0-9]*)$/.test(size) || !root || rest.join('') !== '') {
    throw new Error('the checkpoint is malformed');
  }
  return { origin, size: BigInt(size), root: Buffer.from(root, 'base64') };
}

function splitVerifier(verifier: string): [string, string, string] {
  const [name, id, ...key] = verifier.split('+');
  if (!name || !id || key.length === 0) throw new Error('the verifier key is malformed');
  return [name, id, key.join('+')];
}
