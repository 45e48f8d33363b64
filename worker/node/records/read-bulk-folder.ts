import { bulkFolderSource } from './bulk-folder-source.ts';
import { DEFAULT_QUOTAS, type Quotas } from './quotas.ts';
import { type ReadRecords, readResources } from './read-resources.ts';
import { requireExport } from './require-export.ts';

/** Throws an Error that says what is missing when the folder lacks Patient, DocumentReference or Condition files. */
export async function readBulkFolder(folder: string, quotas: Quotas = DEFAULT_QUOTAS): Promise<ReadRecords> {
  const source = await bulkFolderSource(folder);
  await requireExport(folder, source.types);
  return readResources(source, quotas);
}
