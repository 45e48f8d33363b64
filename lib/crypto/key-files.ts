import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  randomUUID,
} from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * File key custody: keys live as files that only their owner may read. A key is written beside its place, synced and
 * linked there: two processes that start together end with the same key, and a crash never leaves half of one.
 * A file key is as safe as the disk it is on.
 */
function loadOrCreate(path: string, create: () => string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, create(), { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(path, 'utf8');
}

/** Text that its maker has at hand, such as a key's PEM. Returns what is there in the end. */
export function loadOrCreateText(path: string, text: string): string {
  return loadOrCreate(path, () => text);
}

/** A random secret of `bytes` bytes, stored as hex. */
export function loadOrCreateSecret(path: string, bytes = 32): Buffer {
  const secret = Buffer.from(loadOrCreate(path, () => randomBytes(bytes).toString('hex')).trim(), 'hex');
  if (secret.length !== bytes) throw new Error(`${path} does not hold a ${bytes}-byte key`);
  return secret;
}

/** An Ed25519 private key, stored as PKCS #8 PEM. */
export function loadOrCreateEd25519(path: string): KeyObject {
  const pem = loadOrCreate(path, () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  return createPrivateKey(pem);
}

const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** The raw 32 bytes of an Ed25519 public key (or of a private key's public half). */
export function rawPublicKey(key: KeyObject): Buffer {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(SPKI_PREFIX.length);
}

/** The Ed25519 public key of 32 raw bytes. */
export function publicKeyFromRaw(raw: Uint8Array): KeyObject {
  if (raw.length !== 32) throw new RangeError('an Ed25519 public key has 32 bytes');
  return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), type: 'spki', format: 'der' });
}
