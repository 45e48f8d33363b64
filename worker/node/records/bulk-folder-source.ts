import { bulkFiles } from './bulk-files.ts';
import { ndjsonLines } from './ndjson-lines.ts';
import { parseResource } from './resource.ts';
import type { ResourceSource } from './resource-source.ts';

/** The resources of a folder of FHIR R4 bulk NDJSON. */
export async function bulkFolderSource(folder: string): Promise<ResourceSource> {
  const files = await bulkFiles(folder);
  return {
    types: new Set(files.keys()),
    async *resources(type) {
      for (const file of files.get(type) ?? []) {
        for await (const line of ndjsonLines(file)) yield parseResource(line);
      }
    },
  };
}
