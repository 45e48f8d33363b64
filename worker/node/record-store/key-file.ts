import { TAG_BYTES } from './patient-tag.ts';
import { SEALED_KEY_BYTES, seal, unseal } from './sealed.ts';
import { RecordStoreError } from './store-error.ts';

/** Every patient's own key by tag, and the tags of further Patient resources that are the same person. */
export type PatientKeys = { keys: Map<string, Buffer>; aliases: Map<string, string> };

const PLACE = (tag: string) => Buffer.from(`patient-key/${tag}`);

/** The keys, each sealed under the node's. This one file gone, or the node's key, no record can be read. */
export function encodeKeyFile({ keys, aliases }: PatientKeys, nodeKey: Uint8Array): Buffer {
  const count = Buffer.alloc(8);
  count.writeUInt32BE(keys.size, 0);
  count.writeUInt32BE(aliases.size, 4);
  const parts: Buffer[] = [count];
  for (const [tag, key] of keys) parts.push(Buffer.from(tag, 'hex'), seal(nodeKey, key, PLACE(tag)));
  for (const [alias, tag] of aliases) parts.push(Buffer.from(alias + tag, 'hex'));
  return Buffer.concat(parts);
}

export function decodeKeyFile(bytes: Buffer, nodeKey: Uint8Array): PatientKeys {
  const [keyCount, aliasCount] = [bytes.readUInt32BE(0), bytes.readUInt32BE(4)];
  const keyBytes = TAG_BYTES + SEALED_KEY_BYTES;
  if (bytes.length !== 8 + keyCount * keyBytes + aliasCount * 2 * TAG_BYTES)
    throw new RecordStoreError('the file of keys is not whole');
  const read: PatientKeys = { keys: new Map(), aliases: new Map() };
  let at = 8;
  for (let left = keyCount; left > 0; left -= 1, at += keyBytes) {
    const tag = bytes.toString('hex', at, at + TAG_BYTES);
    read.keys.set(tag, unseal(nodeKey, bytes.subarray(at + TAG_BYTES, at + keyBytes), PLACE(tag)));
  }
  for (let left = aliasCount; left > 0; left -= 1, at += 2 * TAG_BYTES) {
    const [alias, tag] = [at, at + TAG_BYTES].map((from) => bytes.toString('hex', from, from + TAG_BYTES));
    if (alias && tag) read.aliases.set(alias, tag);
  }
  return read;
}
