import type { RecordStore } from '../record-store/record-store.ts';
import type { RecordSource } from '../record-store/sources.ts';
import type { TakenIn } from '../record-store/take-in.ts';
import { DEFAULT_QUOTAS } from '../records/quotas.ts';
import { readResources } from '../records/read-resources.ts';
import type { ResourceSource } from '../records/resource-source.ts';
import { BulkExport, type ExportFile } from './bulk-export.ts';
import { loadClientKey } from './client-key.ts';
import { FhirError } from './fhir-error.ts';
import { readChanges } from './read-changes.ts';

/** So often everything is asked for anew: a server may leave older resources of new patients out of what has changed. */
const FULL_EVERY_MS = 7 * 24 * 3_600_000;

type Server = Extract<RecordSource, { kind: 'fhir' }>;

/** What the server holds: by what has changed since the last time, or in full where that cannot tell it all. */
export async function readFhirServer(source: Server, store: RecordStore | null, now: Date): Promise<TakenIn> {
  const { since, fullAt } = store?.manifest.source ?? {};
  const isDue = !since || !fullAt || now.getTime() - Date.parse(fullAt) > FULL_EVERY_MS;
  if (store && since && fullAt && !isDue) {
    const changed = await withExport(source, (exported) => readChanges(exported, store, since));
    if (changed) return { ...changed, source: { since: changed.transactionTime, fullAt } };
  }
  return withExport(source, (exported) => readAll(exported, now));
}

async function readAll(exported: BulkExport, now: Date): Promise<TakenIn> {
  const { output, transactionTime } = await exported.prepare(null);
  const files = Map.groupBy(output, ({ type }) => type);
  const missing = ['Patient', 'DocumentReference', 'Condition'].filter((type) => !files.has(type));
  if (missing.length > 0)
    throw new FhirError(`Bulk export: it has no ${missing.join(', ')}: no records can be made of it.`);
  const { people, counts } = await readResources(filesAsSource(exported, files), DEFAULT_QUOTAS, true);
  return { people, counts, source: { since: transactionTime, fullAt: now.toISOString() } };
}

function filesAsSource(exported: BulkExport, files: ReadonlyMap<string, ExportFile[]>): ResourceSource {
  return {
    types: new Set(files.keys()),
    async *resources(type) {
      for (const file of files.get(type) ?? []) yield* exported.resources(file);
    },
  };
}

async function withExport<T>(
  { server, clientKeyFile }: Server,
  work: (exported: BulkExport) => Promise<T>,
): Promise<T> {
  const exported = new BulkExport(server, await loadClientKey(clientKeyFile));
  try {
    return await work(exported);
  } finally {
    await exported.close();
  }
}
