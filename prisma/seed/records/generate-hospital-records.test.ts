import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CONDITIONS, generateHospitalRecords, HOSPITAL_PROFILES } from './index.ts';

const PATIENTS = 300;
const TYPES = ['Patient', 'Encounter', 'Condition', 'DocumentReference', 'Consent'] as const;

let folder: string;
let result: Awaited<ReturnType<typeof generateHospitalRecords>>;
const lines = async (type: string, hospital = 'harbour') =>
  (await readFile(join(folder, hospital, `${type}.ndjson`), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
const write = (hospitalKey: string, patients: number, into: string, seed = 'test') =>
  generateHospitalRecords({ seed, hospitalKey, patients, folder: join(folder, into) });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'records-'));
  result = await write('harbour', PATIENTS, 'harbour');
});
afterAll(() => rm(folder, { recursive: true }));

const id = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/);
const coding = z.object({ system: z.string().regex(/^(http|urn)/), code: z.string().min(1) });
const concept = z.object({ coding: z.array(coding).min(1) });
const reference = (type: string) => z.object({ reference: z.string().regex(new RegExp(`^${type}/`)) });
const instant = z.iso.datetime();
/** Elements that FHIR R4 requires, and those the reader joins by. */
const SHAPES = {
  Patient: z.object({
    resourceType: z.literal('Patient'),
    id,
    name: z.array(z.object({ family: z.string().regex(/^Synthetic\d+$/), given: z.array(z.string()) })),
    gender: z.enum(['female', 'male']),
    birthDate: z.iso.date(),
  }),
  Encounter: z.object({
    resourceType: z.literal('Encounter'),
    id,
    status: z.literal('finished'),
    class: coding,
    subject: reference('Patient'),
    period: z.object({ start: instant, end: instant }),
  }),
  Condition: z.object({
    resourceType: z.literal('Condition'),
    id,
    clinicalStatus: concept,
    category: z.array(concept),
    code: concept,
    subject: reference('Patient'),
    encounter: reference('Encounter'),
    recordedDate: instant,
  }),
  DocumentReference: z.object({
    resourceType: z.literal('DocumentReference'),
    id,
    status: z.literal('current'),
    type: concept,
    subject: reference('Patient'),
    content: z
      .array(z.object({ attachment: z.object({ contentType: z.string(), data: z.base64() }) }))
      .length(1),
    context: z.object({ encounter: z.array(reference('Encounter')).length(1) }),
  }),
  Consent: z.object({
    resourceType: z.literal('Consent'),
    id,
    status: z.literal('active'),
    scope: concept,
    category: z.array(concept),
    patient: reference('Patient'),
    policyRule: concept,
    provision: z.object({ type: z.enum(['deny', 'permit']) }),
  }),
};

describe('generateHospitalRecords', () => {
  test.each(TYPES)('writes every %s in its FHIR R4 shape, each id once', async (type) => {
    const resources = (await lines(type)).map((line) => SHAPES[type].parse(line));
    expect(resources.length).toBeGreaterThan(0);
    expect(new Set(resources.map((resource) => resource.id)).size).toBe(resources.length);
  });

  test('gives every encounter one diagnosis and one note of the same patient', async () => {
    const encounters = (await lines('Encounter')).map((line) => SHAPES.Encounter.parse(line));
    const conditions = (await lines('Condition')).map((line) => SHAPES.Condition.parse(line));
    const notes = (await lines('DocumentReference')).map((line) => SHAPES.DocumentReference.parse(line));
    const expected = encounters.map((one) => [`Encounter/${one.id}`, one.subject.reference]);
    expect(conditions.map((one) => [one.encounter.reference, one.subject.reference])).toEqual(expected);
    expect(notes.map((one) => [one.context.encounter[0]?.reference, one.subject.reference])).toEqual(
      expected,
    );
    expect(result).toMatchObject({ patients: PATIENTS, encounters: encounters.length });
    expect(encounters.length / PATIENTS).toBeGreaterThan(4);
    expect(encounters.length / PATIENTS).toBeLessThan(5);
  });

  test('the same seed gives the same bytes, another seed or hospital others', async () => {
    const again = await write('harbour', PATIENTS, 'again');
    expect(again).toEqual(result);
    for (const type of TYPES) expect(await lines(type, 'again')).toEqual(await lines(type));
    expect((await write('harbour', PATIENTS, 'other-seed', 'other')).sha256).not.toBe(result.sha256);
    expect((await write('a-key-of-no-profile', PATIENTS, 'other-key')).sha256).not.toBe(result.sha256);
  });

  test('more patients leave the first ones as they are', async () => {
    await write('harbour', PATIENTS + 20, 'more');
    expect((await lines('Patient', 'more')).slice(0, PATIENTS)).toEqual(await lines('Patient'));
  });

  test('a few per cent of patients refuse', async () => {
    const consents = (await lines('Consent')).map((line) => SHAPES.Consent.parse(line));
    const denying = consents.filter(({ provision }) => provision.type === 'deny').length;
    expect(denying).toBeGreaterThan(0);
    expect(denying / PATIENTS).toBeLessThan(0.08);
  });

  test('few notes name their diagnosis', async () => {
    const conditions = (await lines('Condition')).map((line) => SHAPES.Condition.parse(line));
    const notes = (await lines('DocumentReference')).map((line) => SHAPES.DocumentReference.parse(line));
    const named = notes.filter((note, at) => {
      const text = Buffer.from(note.content[0]?.attachment.data ?? '', 'base64')
        .toString()
        .toLowerCase();
      const condition = CONDITIONS.find(({ code }) => code === conditions[at]?.code.coding[0]?.code);
      return condition !== undefined && text.includes(condition.name.toLowerCase());
    });
    expect(named.length).toBeGreaterThan(0);
    // The condition "Low back pain" is named by its own chief symptom, hence not fewer.
    expect(named.length / notes.length).toBeLessThan(0.1);
  });

  test('hospitals differ in what they see, and none lacks a department', async () => {
    const share = async (hospital: string, department: string) => {
      await write(hospital, PATIENTS, hospital);
      const seen = (await lines('Condition', hospital)).map(
        (line) => SHAPES.Condition.parse(line).code.coding[0]?.code,
      );
      const codes = new Set(
        CONDITIONS.filter((one) => one.department === department).map(({ code }) => code),
      );
      return seen.filter((code) => code !== undefined && codes.has(code)).length / seen.length;
    };
    expect(Object.keys(HOSPITAL_PROFILES)).toHaveLength(4);
    expect(await share('harbour', 'cardiology')).toBeGreaterThan(await share('southgate', 'cardiology'));
    for (const hospital of Object.keys(HOSPITAL_PROFILES)) {
      expect(await share(hospital, 'oncology')).toBeGreaterThan(0);
    }
  });
});
