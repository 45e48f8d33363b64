import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

/** AES-256-GCM with the row it belongs to as associated data: a ciphertext moved to another row does not open. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const aad = (requestId: string) => Buffer.from(`request|answer_ciphertext|${requestId}|1`);

export function sealAnswer(key: KeyObject, requestId: string, answer: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad(requestId));
  const sealed = Buffer.concat([cipher.update(answer, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** Throws when the key, the row or a byte is not the one it was sealed with. */
export function openAnswer(key: KeyObject, requestId: string, ciphertext: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key, ciphertext.subarray(0, NONCE_BYTES)).setAAD(
    aad(requestId),
  );
  decipher.setAuthTag(ciphertext.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const opened = decipher.update(ciphertext.subarray(NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([opened, decipher.final()]).toString('utf8');
}
