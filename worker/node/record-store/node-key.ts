import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { loadOrCreateSecret } from '#lib/crypto/key-files';
import { syncFolder, writeWholeAndSync } from './durable-files.ts';
import { KEY_BYTES } from './sealed.ts';
import { RecordStoreError } from './store-error.ts';

/** The key that wraps every patient's key. Its id says which one a store was written under. */
export type NodeKey = { key: Buffer; id: string };

const next = (path: string) => `${path}.next`;
const named = (key: Buffer): NodeKey => ({
  key,
  id: createHash('sha256').update('fdlr/records-key/v1').update(key).digest('hex').slice(0, 16),
});

export function createNodeKey(path: string): NodeKey {
  return named(loadOrCreateSecret(path, KEY_BYTES));
}

/** The key a store was written under. Replacing it may have been cut off: then the new one lies beside its place. */
export function findNodeKey(path: string, id: string): NodeKey {
  for (const file of [path, next(path)]) {
    const key = readKey(file);
    if (key?.id !== id) continue;
    if (file !== path) renameSync(file, path);
    else rmSync(next(path), { force: true });
    return key;
  }
  throw new RecordStoreError(
    `${path} is not the key that the record store was written under. Put the right one back; without it the records cannot be read and must be taken in anew.`,
  );
}

/** A new key beside the place of the old one, on disk before anything is written under it. */
export async function draftNodeKey(path: string): Promise<NodeKey> {
  const key = randomBytes(KEY_BYTES);
  await writeWholeAndSync(next(path), key.toString('hex'));
  return named(key);
}

/** Puts the new key in the place of the old one: what only the old one opens is lost for good. */
export async function adoptNodeKey(path: string, folder: string): Promise<void> {
  renameSync(next(path), path);
  await syncFolder(folder);
}

function readKey(file: string): NodeKey | null {
  if (!existsSync(file)) return null;
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  return key.length === KEY_BYTES ? named(key) : null;
}
