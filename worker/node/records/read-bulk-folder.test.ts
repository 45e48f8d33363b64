import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testEnv } from '#lib/env';
import { readBulkFolder } from './read-bulk-folder.ts';
import {
  concept,
  condition,
  consent,
  encounter,
  type Json,
  linkTo,
  note,
  patient,
  to,
  useExportFolder,
} from './testing-export.ts';

const { path, write, writeTwoPatients } = useExportFolder();
const read = () => readBulkFolder(path());
const DENY: Json = { status: 'active', provision: { type: 'deny' } };
const patientsRead = async () => (await read()).records.map(({ patientId }) => patientId);

describe('readBulkFolder', () => {
  test('joins notes with the diagnoses of their encounter', async () => {
    await writeTwoPatients();
    const { records, counts } = await read();
    expect(records).toEqual([
      { patientId: 'a', text: 'note na', labels: [{ code: 'J18.9', display: 'Pneumonia' }] },
      { patientId: 'b', text: 'note nb', labels: [{ code: 'J18.9', display: 'Pneumonia' }] },
    ]);
    expect(counts).toMatchObject({ patients: 2, badLines: 0, unattributable: 0 });
  });

  test('reads several parts, ignores other types, and takes a repeated resource once', async () => {
    await writeTwoPatients();
    await rm(join(path(), 'DocumentReference.ndjson'));
    await write('DocumentReference.000', [note('na', 'a', 'ea')]);
    await write('DocumentReference.001', [note('nb', 'b', 'eb'), note('na', 'a', 'ea')]);
    await write('Observation', ['never read']);
    expect(await patientsRead()).toEqual(['a', 'b']);
    expect((await read()).counts).toMatchObject({ badLines: 0, repeated: 1 });
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
    const { records, counts } = await read();
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
    const { records, counts } = await read();
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
    const { records, counts } = await read();
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
    expect((await read()).counts.patientsDenied).toBe(2 - expected.length);
  });

  test('patients who name each other are one person, also when one of them refuses', async () => {
    await writeTwoPatients();
    await write('Patient', [patient('a', linkTo('b')), patient('b', linkTo('a'))]);
    expect(await patientsRead()).toEqual(['a', 'a']);
    await write('Consent', [consent('c', 'b', DENY)]);
    expect(await patientsRead()).toEqual([]);
  });

  test('a link that only one side names merges nobody, and is counted', async () => {
    await writeTwoPatients();
    await write('Patient', [patient('a', linkTo('b')), patient('b')]);
    expect(await patientsRead()).toEqual(['a', 'b']);
    expect((await read()).counts).toMatchObject({ patients: 2, unmergedLinks: 1 });
  });

  test('a refusal counts also under an id that another consent bears', async () => {
    await writeTwoPatients();
    await write('Consent', [
      consent('c', 'a', { status: 'active', provision: { type: 'permit' } }),
      consent('c', 'a', DENY),
      consent('c', 'b', DENY),
    ]);
    expect(await patientsRead()).toEqual([]);
  });

  test.each<[string, Json]>([
    ['a patient without an id to join by', { patient: { reference: 'Patient?identifier=x|1' } }],
    ['a contained patient', { patient: { reference: '#p' } }],
    ['a patient by name only', { patient: { display: 'Somebody' } }],
    ['nobody', { patient: undefined }],
    ['a group', { patient: undefined, subject: to('Group', 'g') }],
    ['two patients', { patient: [to('Patient', 'a'), to('Patient', 'b')] }],
    ['two patients elsewhere', { patient: undefined, performer: [to('Patient', 'a'), to('Patient', 'b')] }],
  ])('a refusal that names %s is counted for the operator', async (_, whose) => {
    await writeTwoPatients();
    await write('Consent', [consent('c', 'a', { ...DENY, ...whose })]);
    expect((await read()).counts.unclearDenials).toBe(1);
    await write('Consent', [consent('c', 'a', { ...DENY, ...whose, status: 'inactive' })]);
    expect((await read()).counts.unclearDenials).toBe(0);
  });

  test('a refusal is that of its patient, not of whoever gave it', async () => {
    await writeTwoPatients();
    await write('Consent', [consent('c', 'a', { ...DENY, performer: [to('Patient', 'b')] })]);
    expect(await patientsRead()).toEqual(['b']);
    expect((await read()).counts).toMatchObject({ patientsDenied: 1, unclearDenials: 0 });
  });

  test('falls back to undirected conditions of the day, then to the reason of the encounter', async () => {
    await writeTwoPatients();
    await write('Encounter', [
      encounter('ea', 'a', { reasonCode: [concept('R05', 'Cough')] }),
      encounter('eb', 'b', { reasonCode: [concept('R05', 'Cough')] }),
    ]);
    await write('Condition', [condition('ca', 'a', { recordedDate: '2024-05-06' })]);
    const { records } = await read();
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
    const { records, counts } = await read();
    expect(records).toEqual([]);
    expect(counts).toMatchObject({ retracted: 2, documentsWithoutLabel: 1 });
  });

  test('says what an unusable folder lacks', async () => {
    await write('Patient', [patient('a')]);
    await expect(read()).rejects.toThrow('no DocumentReference, Condition file');
    await expect(readBulkFolder(join(path(), 'missing'))).rejects.toThrow('cannot be read');
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
