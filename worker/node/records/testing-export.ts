import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/** For tests: FHIR resources of the least size, and an export folder of their own for each test. */
export type Json = Record<string, unknown>;
export const to = (type: string, id: string) => ({ reference: `${type}/${id}` });
export const concept = (code: string, display: string) => ({ coding: [{ code, display }] });
export const patient = (id: string, more: Json = {}): Json => ({ resourceType: 'Patient', id, ...more });
export const linkTo = (...others: string[]): Json => ({
  link: others.map((other) => ({ other: to('Patient', other), type: 'seealso' })),
});
export const encounter = (id: string, patientId: string, more: Json = {}): Json => ({
  resourceType: 'Encounter',
  id,
  subject: to('Patient', patientId),
  ...more,
});
export const condition = (id: string, patientId: string, more: Json = {}): Json => ({
  resourceType: 'Condition',
  id,
  subject: to('Patient', patientId),
  code: concept('J18.9', 'Pneumonia'),
  ...more,
});
export const textContent = (text: string, contentType = 'text/plain'): Json => ({
  content: [{ attachment: { contentType, data: Buffer.from(text).toString('base64') } }],
});
export const note = (
  id: string,
  patientId: string,
  encounterId: string | undefined,
  more: Json = {},
): Json => ({
  resourceType: 'DocumentReference',
  id,
  status: 'current',
  subject: to('Patient', patientId),
  date: '2024-05-06T10:00:00Z',
  ...textContent(`note ${id}`),
  ...(encounterId && { context: { encounter: [to('Encounter', encounterId)] } }),
  ...more,
});
export const consent = (id: string, patientId: string, more: Json): Json => ({
  resourceType: 'Consent',
  id,
  patient: to('Patient', patientId),
  ...more,
});

export function useExportFolder() {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bulk-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = (name: string, items: readonly (Json | string)[]) =>
    writeFile(
      join(folder, `${name}.ndjson`),
      items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join('\n'),
    );
  return {
    path: () => folder,
    write,
    /** Patients a and b with one encounter, one diagnosis and one note each. */
    async writeTwoPatients() {
      await write('Patient', [patient('a'), patient('b')]);
      await write('Encounter', [encounter('ea', 'a'), encounter('eb', 'b')]);
      await write('Condition', [
        condition('ca', 'a', { encounter: to('Encounter', 'ea') }),
        condition('cb', 'b', { encounter: to('Encounter', 'eb') }),
      ]);
      await write('DocumentReference', [note('na', 'a', 'ea'), note('nb', 'b', 'eb')]);
    },
  };
}
