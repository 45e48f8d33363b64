import { bulkFolderSource } from './bulk-folder-source.ts';
import { DEFAULT_QUOTAS, type Quotas } from './quotas.ts';
import { type ReadRecords, readResources } from './read-resources.ts';

/** Throws an Error that says what is missing when the folder lacks Patient, DocumentReference or Condition files. */
export async function readBulkFolder(folder: string, quotas: Quotas = DEFAULT_QUOTAS): Promise<ReadRecords> {
  const source = await bulkFolderSource(folder);
  const missing = ['Patient', 'DocumentReference', 'Condition'].filter((type) => !source.types.has(type));
  if (missing.length > 0) {
    throw new Error(
      `The records folder is no usable FHIR bulk export: it has no ${missing.join(', ')} file.`,
    );
  }
  return readResources(source, quotas);
}
