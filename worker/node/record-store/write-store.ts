import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Decisions } from './decisions.ts';
import { shred, syncFolder, writeWhole, writeWholeAndSync } from './durable-files.ts';
import { encodeKeyFile, type PatientKeys } from './key-file.ts';
import { encodeManifest, type Manifest, type StoredFile } from './manifest.ts';
import { adoptNodeKey, createNodeKey, draftNodeKey } from './node-key.ts';
import { type RecordStore, wrappingKey } from './record-store.ts';
import { encodeShardFile, type SealedPatient } from './shard-file.ts';
import { type StorePlace, shardKeyId } from './store-place.ts';

export type StoreChange = {
  /** Shards whose file is another now; every one of a new store. */
  shards: ReadonlyMap<number, readonly SealedPatient[]>;
  /** Null: as they were. */
  patients: PatientKeys | null;
  facts: Pick<Manifest, 'counts' | 'source' | 'takenInAt'>;
  decisions: Decisions['head'];
  /** Writes under a new node key and destroys the old one, so that old copies of the file of keys open nothing. */
  renewNodeKey?: boolean;
};

/**
 * Makes the next generation of a store. Every file is new and on disk before the manifest names it; the manifest's rename is
 * the moment at which the change has happened, whatever is cut off before or after.
 */
export async function writeStore(
  place: StorePlace,
  old: RecordStore | null,
  change: StoreChange,
): Promise<void> {
  await mkdir(place.folder, { recursive: true, mode: 0o700 });
  const { renewNodeKey = false, facts } = change;
  const nodeKey = renewNodeKey
    ? await draftNodeKey(place.keyFile)
    : (old?.nodeKey ?? createNodeKey(place.keyFile));
  const generation = (old?.manifest.generation ?? 0) + 1;
  const shards = await Promise.all(
    Array.from({ length: place.shards }, async (_, shard): Promise<StoredFile> => {
      const patients = change.shards.get(shard);
      const before = old?.manifest.shards[shard];
      if (!patients && before) return before;
      return write(place, `shard-${shard}-${generation}.bin`, encodeShardFile(patients ?? []));
    }),
  );
  const patients = change.patients ?? old?.patients ?? { keys: new Map(), aliases: new Map() };
  const keys =
    change.patients || renewNodeKey || !old
      ? await write(place, `keys-${generation}.bin`, encodeKeyFile(patients, wrappingKey(nodeKey)))
      : old.manifest.keys;
  await syncFolder(place.folder);
  const { key, id } = nodeKey;
  const manifest: Manifest = {
    version: 1,
    generation,
    keyId: id,
    shardKeyId: shardKeyId(place),
    shards,
    keys,
    ...facts,
    decisions: change.decisions,
  };
  await writeWholeAndSync(join(place.folder, 'manifest.json'), encodeManifest(manifest, key));
  if (renewNodeKey) await adoptNodeKey(place.keyFile, join(place.folder, '..'));
  await sweep(place, manifest);
}

/** Deletes what no manifest names any more: files of the generation before, and what a crash left. */
export async function sweep({ folder }: StorePlace, manifest: Manifest): Promise<void> {
  const named = new Set(['manifest.json', manifest.keys.name, ...manifest.shards.map(({ name }) => name)]);
  for (const name of await readdir(folder)) {
    if (named.has(name)) continue;
    const path = join(folder, name);
    await (name.startsWith('keys-') ? shred(path) : rm(path, { force: true }));
  }
}

async function write({ folder }: StorePlace, name: string, content: Buffer): Promise<StoredFile> {
  await writeWhole(join(folder, name), content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { name, sha256, bytes: content.length };
}
