import { canonicalJson } from '#lib/crypto/canonical-json';
import { readFhirServer } from '../fhir/read-fhir-server.ts';
import { readBulkFolder } from '../records/read-bulk-folder.ts';
import { finishErasures } from './decide.ts';
import { folderFingerprint } from './folder-fingerprint.ts';
import { RecordStore } from './record-store.ts';
import type { RecordSource } from './sources.ts';
import type { StorePlace } from './store-place.ts';
import { type TakenIn, takeIn } from './take-in.ts';

export type Refreshed = { changedShards: number[]; counts: Record<string, number> };

/**
 * Takes in what the source holds now. A folder whose files are the same to the bit is not read; of a server only what has
 * changed since the last time is asked. `onlyIfNew`: a server is asked only where nothing was taken in yet.
 */
export async function refresh(
  place: StorePlace,
  source: RecordSource,
  onlyIfNew: boolean,
  now = new Date(),
): Promise<Refreshed> {
  await finishErasures(place);
  const store = await RecordStore.open(place);
  const read = await (source.kind === 'folder'
    ? readFolder(source.recordsDir, store)
    : readServer(source, store, onlyIfNew, now));
  if (read === null) return { changedShards: [], counts: store?.manifest.counts ?? {} };
  const changedShards = await takeIn(place, store, read, now);
  const after = await RecordStore.open(place);
  return { changedShards, counts: after?.manifest.counts ?? {} };
}

async function readFolder(folder: string, store: RecordStore | null): Promise<TakenIn | null> {
  const source = await folderFingerprint(folder);
  if (store && canonicalJson(store.manifest.source) === canonicalJson(source)) return null;
  const { people, counts } = await readBulkFolder(folder);
  return { people, counts, source };
}

async function readServer(
  source: Extract<RecordSource, { kind: 'fhir' }>,
  store: RecordStore | null,
  onlyIfNew: boolean,
  now: Date,
): Promise<TakenIn | null> {
  // A refusal that could not be told may have been put right: a start asks for that too.
  const unclear =
    (store?.manifest.counts.badConsentLines ?? 0) + (store?.manifest.counts.unclearDenials ?? 0);
  if (store && onlyIfNew && unclear === 0) return null;
  return readFhirServer(source, store, now);
}
