import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RecordStore } from '../record-store/record-store.ts';
import { RecordStoreError } from '../record-store/store-error.ts';
import type { StorePlace } from '../record-store/store-place.ts';
import { partition } from '../records/build-shards.ts';
import { readBulkFolder } from '../records/read-bulk-folder.ts';
import type { PatientRecord } from '../records/record.ts';
import type { LoadCounts } from './loader-thread.ts';

/** The node's store; or a folder as it is, for measurements of what comes after. */
export type RecordsFrom =
  | { store: StorePlace }
  | { recordsDir: string; shardKey: Uint8Array; shards: number };

export type OpenRecords = { counts: LoadCounts; recordsOf(shard: number): Promise<PatientRecord[]> };

export async function openRecords(from: RecordsFrom): Promise<OpenRecords> {
  if ('store' in from) return openStore(from.store);
  const { records, counts } = await readBulkFolder(from.recordsDir);
  const parts = partition(records, Buffer.from(from.shardKey), from.shards);
  return {
    counts: { ...counts, records: records.length },
    recordsOf: async (shard) => parts[shard] ?? [],
  };
}

/** What is asked for is what the store holds then: it is opened anew whenever its manifest is another. */
async function openStore(place: StorePlace): Promise<OpenRecords> {
  const manifest = () => readFile(join(place.folder, 'manifest.json'), 'utf8');
  const open = async () => {
    const text = await manifest();
    const store = await RecordStore.open(place);
    if (!store) throw new RecordStoreError('this node has taken in no records yet');
    return { text, store };
  };
  let now = await open();
  await now.store.check();
  return {
    counts: now.store.manifest.counts as LoadCounts,
    recordsOf: async (shard) => {
      if ((await manifest()) !== now.text) now = await open();
      return now.store.recordsOf(shard);
    },
  };
}
