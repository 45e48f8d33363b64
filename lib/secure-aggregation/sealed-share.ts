import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import { ProtocolError } from './protocol-error.ts';

const TAG_BYTES = 16;
/** A share of a 32-byte seed: the seed's length, and its place. */
export const SHARE_BYTES = 33;
export const BOX_BYTES = SHARE_BYTES + TAG_BYTES;
/** Each key seals one box, so that the nonce need not differ. */
const NONCE = Buffer.alloc(12);
const OPTIONS = { authTagLength: TAG_BYTES } as const;

const label = (from: string, to: string) => Buffer.from(`fdpr/share/v1\0${from}\0${to}`);

/** ChaCha20-Poly1305 under a key of this round, this sender and this receiver. */
export function sealShare(share: Uint8Array, key: Uint8Array, from: string, to: string): Buffer {
  const cipher = createCipheriv('chacha20-poly1305', createSecretKey(key), NONCE, OPTIONS);
  cipher.setAAD(label(from, to), { plaintextLength: share.length });
  return Buffer.concat([cipher.update(share), cipher.final(), cipher.getAuthTag()]);
}

/** @throws ProtocolError for a box that was not sealed with this key, by this sender, for this receiver. */
export function openShare(box: Uint8Array, key: Uint8Array, from: string, to: string): Buffer {
  if (box.length !== BOX_BYTES) throw new ProtocolError('bad_share', `a sealed share has ${BOX_BYTES} bytes`);
  try {
    const decipher = createDecipheriv('chacha20-poly1305', createSecretKey(key), NONCE, OPTIONS);
    decipher.setAAD(label(from, to), { plaintextLength: SHARE_BYTES });
    decipher.setAuthTag(box.subarray(SHARE_BYTES));
    return Buffer.concat([decipher.update(box.subarray(0, SHARE_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new ProtocolError('bad_share', 'a sealed share cannot be opened', { cause });
  }
}
