import { type KeyObject, sign, verify } from 'node:crypto';
import { witnessName } from './browser/witness-name.ts';
import {
  ED25519_COSIGNATURE,
  formatVerifierKey,
  noteText,
  parseVerifierKey,
  signatureBy,
  signatureLine,
} from './signed-note.ts';

export { witnessName };

/**
 * C2SP tlog-cosignature, Ed25519: the witness's clock as u64 big-endian and its signature over
 * `cosignature/v1 \n time <seconds> \n` and the checkpoint's text.
 */
const TIMESTAMP_BYTES = 8;

/** `name+hex(keyId)+base64(04 || key)`. */
export function witnessVerifierKey(nodeId: string, identity: KeyObject): string {
  return formatVerifierKey(witnessName(nodeId), ED25519_COSIGNATURE, identity);
}

const signed = (note: string, timestampS: bigint) =>
  Buffer.from(`cosignature/v1\ntime ${timestampS}\n${noteText(note)}`);

/** The witness's signature line on a checkpoint, without its newline. */
export function cosign(note: string, nodeId: string, identity: KeyObject, timestampS: bigint): string {
  const time = Buffer.alloc(TIMESTAMP_BYTES);
  time.writeBigUInt64BE(timestampS);
  const signature = Buffer.concat([time, sign(null, signed(note, timestampS), identity)]);
  return signatureLine(witnessName(nodeId), ED25519_COSIGNATURE, identity, signature);
}

/**
 * When this witness signed the checkpoint, seconds since the epoch; null when it did not.
 * Throws for a signature in its name that does not hold, and for a malformed key.
 */
export function cosignedAt(note: string, verifier: string): bigint | null {
  const witness = parseVerifierKey(verifier, ED25519_COSIGNATURE);
  const bytes = signatureBy(note, witness);
  if (!bytes) return null;
  if (bytes.length > TIMESTAMP_BYTES) {
    const timestampS = bytes.readBigUInt64BE(0);
    if (verify(null, signed(note, timestampS), witness.key, bytes.subarray(TIMESTAMP_BYTES)))
      return timestampS;
  }
  throw new Error(`the cosignature of ${witness.name} does not match the checkpoint`);
}
