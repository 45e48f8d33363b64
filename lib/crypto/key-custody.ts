import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { loadOrCreateEd25519 } from './key-files.ts';

/**
 * Who keeps an Ed25519 key and signs with it. Whoever needs signatures asks for this and never sees the private key, so
 * that a hardware module or a key service can stand behind it; neither answers at once.
 */
export interface KeyCustody {
  readonly publicKey: KeyObject;
  /** For whoever has to judge what a signature is worth: a sentence, safe to publish. */
  readonly description: string;
  sign(bytes: Uint8Array): Promise<Buffer>;
}

/** The key is a file (made when missing), and this process reads it. */
export function keyInFile(path: string): KeyCustody {
  return keyInMemory(loadOrCreateEd25519(path), 'file key: as safe as the disk it is on');
}

/** A key that this process holds: what a file key is once read, and the keys of tests. */
export function keyInMemory(
  key: KeyObject,
  description = 'a key in memory, gone with the process',
): KeyCustody {
  return {
    publicKey: createPublicKey(key),
    description,
    sign: async (bytes) => sign(null, bytes, key),
  };
}
