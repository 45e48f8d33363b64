import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testEnv } from '#lib/env';
import { readBulkFolder } from './read-bulk-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bulk-'));
});
afterEach(() => rm(folder, { recursive: true }));

type Json = Record<string, unknown>;
const to = (type: string, id: string) => ({ reference: `${type}/${id}` });
const concept = (code: string, display: string) => ({ coding: [{ code, display }] });
const patient = (id: string, more: Json = {}): Json => ({ resourceType: 'Patient', id, ...more });
const encounter = (id: string, patientId: string, more: Json = {}): Json => ({
  resourceType: 'Encounter',
  id,
  subject: to('Patient', patientId),
  ...more,
});
const condition = (id: string, patientId: string, more: Json = {}): Json => ({
  resourceType: 'Condition',
  id,
  subject: to('Patient', patientId),
  code: concept('J18.9', 'Pneumonia'),
  ...more,
});
const note = (id: string, patientId: string, encounterId: string | undefined, more: Json = {}): Json => ({
  resourceType: 'DocumentReference',
  id,
  status: 'current',
  subject: to('Patient', patientId),
  date: '2024-05-06T10:00:00Z',
  content: [
    { attachment: { contentType: 'text/plain', data: Buffer.from(`note ${id}`).toString('base64') } },
  ],
  ...(encounterId && { context: { encounter: [to('Encounter', encounterId)] } }),
  ...more,
});
const write = (name: string, items: readonly (Json | string)[]) =>
  writeFile(
    join(folder, `${name}.ndjson`),
    items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join('\n'),
  );
const consent = (id: string, patientId: string, more: Json): Json => ({
  resourceType: 'Consent',
  id,
  patient: to('Patient', patientId),
  ...more,
});

/** Patients a and b with one encounter, one diagnosis and one note each. */
async function writeTwoPatients() {
  await write('Patient', [patient('a'), patient('b')]);
  await write('Encounter', [encounter('ea', 'a'), encounter('eb', 'b')]);
  await write('Condition', [
    condition('ca', 'a', { encounter: to('Encounter', 'ea') }),
    condition('cb', 'b', { encounter: to('Encounter', 'eb') }),
  ]);
  await write('DocumentReference', [note('na', 'a', 'ea'), note('nb', 'b', 'eb')]);
}
const patientsRead = async () => (await readBulkFolder(folder)).records.map(({ patientId }) => patientId);

describe('readBulkFolder', () => {
  test('joins notes with the diagnoses of their encounter', async () => {
    await writeTwoPatients();
    const { records, counts } = await readBulkFolder(folder);
    expect(records).toEqual([
      { patientId: 'a', text: 'note na', labels: [{ code: 'J18.9', display: 'Pneumonia' }] },
      { patientId: 'b', text: 'note nb', labels: [{ code: 'J18.9', display: 'Pneumonia' }] },
    ]);
    expect(counts).toMatchObject({ patients: 2, badLines: 0, unattributable: 0 });
  });

  test('reads several parts, ignores other types, and takes a repeated resource once', async () => {
    await writeTwoPatients();
    await rm(join(folder, 'DocumentReference.ndjson'));
    await write('DocumentReference.000', [note('na', 'a', 'ea')]);
    await write('DocumentReference.001', [note('nb', 'b', 'eb'), note('na', 'a', 'ea')]);
    await write('Observation', ['never read']);
    expect(await patientsRead()).toEqual(['a', 'b']);
    expect((await readBulkFolder(folder)).counts).toMatchObject({ badLines: 0, repeated: 1 });
  });

  test('counts and skips bad lines', async () => {
    await writeTwoPatients();
    const good = note('nb', 'b', 'eb');
    await write('DocumentReference', [
      '{"resourceType":',
      '[]',
      '42',
      '',
      JSON.stringify(patient('x')),
      good,
    ]);
    await write('Consent', ['torn']);
    const { records, counts } = await readBulkFolder(folder);
    expect(records.map(({ patientId }) => patientId)).toEqual(['b']);
    expect(counts).toMatchObject({ badLines: 5, badConsentLines: 1 });
  });

  test('survives resources of a wrong shape', async () => {
    await writeTwoPatients();
    await write('DocumentReference', [
      note('n1', 'a', 'ea', { content: 'text' }),
      note('n2', 'a', 'ea', { content: [null, { attachment: { data: 7 } }] }),
      note('n3', 'a', 'ea', { context: 'here', date: 5 }),
      note('n4', 'b', 'eb'),
    ]);
    const { records, counts } = await readBulkFolder(folder);
    expect(records.map(({ patientId }) => patientId)).toEqual(['b']);
    expect(counts).toMatchObject({ documentsWithoutText: 2, documentsWithoutLabel: 1 });
  });

  test.each([
    ['several patients', { context: { encounter: [to('Encounter', 'ea')], related: [to('Patient', 'b')] } }],
    ['a group', { subject: to('Group', 'g') }],
    ['nobody', { subject: undefined }],
    ['a patient without an id', { subject: { reference: 'Patient?identifier=x|1' } }],
    ['a patient the export lacks', { subject: to('Patient', 'zz') }],
  ])('drops a note that names %s', async (_, more) => {
    await writeTwoPatients();
    await write('DocumentReference', [note('na', 'a', 'ea', more), note('nb', 'b', 'eb')]);
    const { records, counts } = await readBulkFolder(folder);
    expect(records.map(({ patientId }) => patientId)).toEqual(['b']);
    expect(counts.unattributable).toBe(1);
  });

  test("never takes a label from another patient's encounter or condition", async () => {
    await writeTwoPatients();
    await write('DocumentReference', [note('na', 'a', 'eb')]);
    expect(await patientsRead()).toEqual([]);
    await write('Condition', [condition('cb', 'b', { encounter: to('Encounter', 'ea') })]);
    await write('DocumentReference', [note('na', 'a', 'ea')]);
    expect(await patientsRead()).toEqual([]);
  });

  test.each<[string, Json, string[]]>([
    ['denies', { status: 'active', provision: { type: 'deny' } }, ['b']],
    ['opts out', { status: 'active', policyRule: concept('OPTOUT', 'opt out') }, ['b']],
    [
      'denies in part',
      { status: 'active', provision: { type: 'permit', provision: [{ type: 'deny' }] } },
      ['b'],
    ],
    ['permits', { status: 'active', provision: { type: 'permit' } }, ['a', 'b']],
    ['denied once', { status: 'inactive', provision: { type: 'deny' } }, ['a', 'b']],
  ])('a patient whose consent %s', async (_, more, expected) => {
    await writeTwoPatients();
    await write('Consent', [consent('c', 'a', more)]);
    expect(await patientsRead()).toEqual(expected);
    expect((await readBulkFolder(folder)).counts.patientsDenied).toBe(2 - expected.length);
  });

  test('linked patients are one person, also when one of them refuses', async () => {
    await writeTwoPatients();
    const link = [{ other: to('Patient', 'a'), type: 'replaces' }];
    await write('Patient', [patient('a'), patient('b', { link })]);
    expect(await patientsRead()).toEqual(['a', 'a']);
    await write('Consent', [consent('c', 'b', { status: 'active', provision: { type: 'deny' } })]);
    expect(await patientsRead()).toEqual([]);
  });

  test('falls back to undirected conditions of the day, then to the reason of the encounter', async () => {
    await writeTwoPatients();
    await write('Encounter', [
      encounter('ea', 'a', { reasonCode: [concept('R05', 'Cough')] }),
      encounter('eb', 'b', { reasonCode: [concept('R05', 'Cough')] }),
    ]);
    await write('Condition', [condition('ca', 'a', { recordedDate: '2024-05-06' })]);
    const { records } = await readBulkFolder(folder);
    expect(records.map(({ labels }) => labels[0]?.code)).toEqual(['J18.9', 'R05']);
  });

  test('leaves out what was entered in error or refuted', async () => {
    await writeTwoPatients();
    await write('DocumentReference', [
      note('na', 'a', 'ea', { status: 'entered-in-error' }),
      note('nb', 'b', 'eb'),
    ]);
    await write('Condition', [
      condition('cb', 'b', { encounter: to('Encounter', 'eb'), verificationStatus: concept('refuted', '') }),
    ]);
    const { records, counts } = await readBulkFolder(folder);
    expect(records).toEqual([]);
    expect(counts).toMatchObject({ retracted: 2, documentsWithoutLabel: 1 });
  });

  test('says what an unusable folder lacks', async () => {
    await write('Patient', [patient('a')]);
    await expect(readBulkFolder(folder)).rejects.toThrow('no DocumentReference, Condition file');
    await expect(readBulkFolder(join(folder, 'missing'))).rejects.toThrow('cannot be read');
  });
});

const shared = testEnv().FDLR_SHARED ?? join(import.meta.dirname, '../../../../shared');
const synthea = join(shared, 'data/fhir/synthea-10-patients');

test.skipIf(!existsSync(synthea))('reads a Synthea export (needs FDLR_SHARED or ../shared)', async () => {
  const { records, counts } = await readBulkFolder(synthea);
  expect(counts).toMatchObject({ patients: 13, badLines: 0, unattributable: 0 });
  expect(records.length).toBeGreaterThan(500);
  expect(records.every(({ labels, text }) => labels.length > 0 && text.length > 0)).toBe(true);
  expect(records.some(({ labels }) => labels.some(({ display }) => display.endsWith('(disorder)')))).toBe(
    true,
  );
});
