import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

/** AES-256-GCM with the row it belongs to as associated data: a secret moved to another person does not open. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const aad = (userId: string) => Buffer.from(`second_factor|secret_ciphertext|${userId}|1`);

export function sealSecret(key: KeyObject, userId: string, secret: Uint8Array): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad(userId));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
  return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), sealed]));
}

/** Throws when the key, the person or a byte is not the one it was sealed with. */
export function openSecret(key: KeyObject, userId: string, ciphertext: Uint8Array): Uint8Array<ArrayBuffer> {
  const decipher = createDecipheriv('aes-256-gcm', key, ciphertext.subarray(0, NONCE_BYTES)).setAAD(
    aad(userId),
  );
  decipher.setAuthTag(ciphertext.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const opened = decipher.update(ciphertext.subarray(NONCE_BYTES + TAG_BYTES));
  return new Uint8Array(Buffer.concat([opened, decipher.final()]));
}
