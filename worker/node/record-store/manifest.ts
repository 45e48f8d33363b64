import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '#lib/crypto/canonical-json';
import { subkey } from './sealed.ts';
import { RecordStoreError } from './store-error.ts';

const file = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+\.bin$/),
  sha256: z.string(),
  bytes: z.int(),
});
export type StoredFile = z.infer<typeof file>;

const manifestSchema = z.strictObject({
  version: z.literal(1),
  /** Rises with every change. */
  generation: z.int().positive(),
  /** Which node key the patients' keys are wrapped under. */
  keyId: z.string(),
  /** Which shard key assigned the patients: with another they would move, and charges with them. */
  shardKeyId: z.string(),
  /** One file for each shard, in their order. */
  shards: z.array(file).min(1),
  keys: file,
  /** What was read and left out when the records were taken in; for the hospital's own log. */
  counts: z.record(z.string(), z.number()),
  /** What the source was like then: hashes of files, or a server's time. */
  source: z.record(z.string(), z.string()),
  takenInAt: z.string(),
  /** The last decision about a patient that this store has seen: the list of them cannot be cut shorter unnoticed. */
  decisions: z.strictObject({ seq: z.int().min(0), mac: z.string() }),
});
export type Manifest = z.infer<typeof manifestSchema>;

const keyId = z.object({ manifest: z.object({ keyId: z.string() }) });

export function encodeManifest(manifest: Manifest, nodeKey: Uint8Array): string {
  return `${JSON.stringify({ manifest, mac: macOf(manifest, nodeKey) }, null, 1)}\n`;
}

/** Which key to look for, before anything in it can be trusted. */
export function keyIdOf(text: string): string {
  try {
    return keyId.parse(JSON.parse(text)).manifest.keyId;
  } catch (cause) {
    throw damaged(cause);
  }
}

export function decodeManifest(text: string, nodeKey: Uint8Array): Manifest {
  try {
    const { manifest, mac } = JSON.parse(text);
    const [given, expected] = [String(mac), macOf(manifest, nodeKey)].map((value) => Buffer.from(value));
    if (!given || !expected || given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new Error('the manifest was changed');
    return manifestSchema.parse(manifest);
  } catch (cause) {
    throw damaged(cause);
  }
}

function macOf(manifest: unknown, nodeKey: Uint8Array): string {
  return createHmac('sha256', subkey(nodeKey, 'manifest')).update(canonicalJson(manifest)).digest('hex');
}

function damaged(cause: unknown): RecordStoreError {
  return new RecordStoreError('the manifest of the record store is damaged', { cause });
}
