import { z } from 'zod';
import { FhirError } from '../fhir/fhir-error.ts';
import { FhirHttp } from '../fhir/fhir-http.ts';
import type { FhirServer, RecordSource } from '../record-store/sources.ts';
import { bulkFiles } from '../records/bulk-files.ts';
import { requireExport } from '../records/require-export.ts';

const statement = z.object({
  resourceType: z.literal('CapabilityStatement'),
  fhirVersion: z.string().max(32),
});

/** Says in one line what is found where the records come from. Throws what is missing. */
export async function findRecords(source: RecordSource): Promise<string> {
  if (source.kind === 'fhir') return findServer(source.server);
  const { recordsDir } = source;
  const byType = await bulkFiles(recordsDir);
  const files = [...byType.values()].flat();
  await requireExport(recordsDir, new Set(byType.keys()));
  return `${files.length} files in ${recordsDir}`;
}

/** The server's own description, which it gives to anybody. */
async function findServer(server: FhirServer): Promise<string> {
  const http = new FhirHttp(server);
  try {
    const said = await http.json('metadata', `${server.baseUrl.replace(/\/$/, '')}/metadata`, {
      headers: { accept: 'application/fhir+json' },
    });
    const parsed = statement.safeParse(said);
    if (!parsed.success) throw new FhirError('metadata: this is no FHIR server.');
    if (!parsed.data.fhirVersion.startsWith('4.0'))
      throw new FhirError(`metadata: the server speaks FHIR ${parsed.data.fhirVersion}, not R4.`);
    return `FHIR ${parsed.data.fhirVersion} at ${server.baseUrl}`;
  } finally {
    await http.close();
  }
}
