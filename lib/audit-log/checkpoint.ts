import { type KeyObject, sign, verify } from 'node:crypto';
import type { KeyCustody } from '#lib/crypto/key-custody';
import {
  ED25519,
  formatVerifierKey,
  noteText,
  parseVerifierKey,
  signatureBy,
  signatureLine,
} from './signed-note.ts';

/** C2SP tlog-checkpoint: `origin \n size \n base64(root) \n`, signed as a signed note, without extension lines. */
export type Checkpoint = { origin: string; size: bigint; root: Buffer };

/** Whose log it is, and with which key its heads are signed. */
export type LogSigner = { origin: string; key: KeyCustody };

function body({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

/** `name+hex(keyId)+base64(01 || key)`: what a third party needs to check the log's notes. */
export function verifierKey(name: string, key: KeyObject): string {
  return formatVerifierKey(name, ED25519, key);
}

/** A head's note as the log signs it. */
export async function signHead(
  { origin, key }: LogSigner,
  head: Pick<Checkpoint, 'size' | 'root'>,
): Promise<string> {
  const text = body({ origin, ...head });
  return sealed(text, origin, key.publicKey, await key.sign(Buffer.from(text)));
}

/** The same with a key that is at hand. */
export function signCheckpoint(checkpoint: Checkpoint, key: KeyObject): string {
  const text = body(checkpoint);
  return sealed(text, checkpoint.origin, key, sign(null, Buffer.from(text), key));
}

const sealed = (text: string, origin: string, key: KeyObject, signature: Buffer) =>
  `${text}\n${signatureLine(origin, ED25519, key, signature)}\n`;

/** Checks a note against a verifier key. Throws with the reason when it does not hold. */
export function openCheckpoint(note: string, verifier: string): Checkpoint {
  const signer = parseVerifierKey(verifier, ED25519);
  const text = noteText(note);
  const signature = signatureBy(note, signer);
  if (!signature) throw new Error(`the checkpoint is not signed by ${signer.name}`);
  if (!verify(null, Buffer.from(text), signer.key, signature)) {
    throw new Error(`the signature of ${signer.name} does not match the checkpoint`);
  }
  const checkpoint = parseCheckpoint(note);
  if (checkpoint.origin !== signer.name) throw new Error('the checkpoint is of another log');
  return checkpoint;
}

/** What a note says, whoever signed it. */
export function parseCheckpoint(note: string): Checkpoint {
  const [origin, size, root, ...rest] = noteText(note).split('\n');
  const hash = Buffer.from(root ?? '', 'base64');
  if (!origin || !/^(0|[1-9][0-9]*)$/.test(size ?? '') || hash.length !== 32 || rest.join('') !== '') {
    throw new Error('the checkpoint is malformed');
  }
  return { origin, size: BigInt(size!), root: hash };
}
