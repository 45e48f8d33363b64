import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shardOf } from '../node/records/shard-of.ts';
import { BYSTANDERS, neighbour, SHARDS_PER_HOSPITAL, SIDES, type Side } from './scenario.ts';

/**
 * The records of an audit's hospitals: made so that every shard has a clear opinion on two questions and one patient
 * decides that of the shard they lie in. With nine shards in all, that patient moves the votes 5 to 4 into 4 to 5 on
 * the first question, and 5 to 4 into 6 to 3 on the second: where a vote matters most, and in opposite directions.
 */
export const FEVER = ['Influenza', 'Pneumonia'] as const;
export const RASH = ['Measles', 'Psoriasis'] as const;
export const PROMPT = 'Adult with fever, cough and shortness of breath, and an itching rash on both arms.';

/** A question that the public model begins to answer with one of two words, mostly. */
export const ANSWER_PROMPT = 'What are the symptoms of influenza?';

type Diagnosis = (typeof FEVER)[number] | (typeof RASH)[number];
/** What all patients of a shard are found to have: an answer to each question. */
type Opinion = readonly [(typeof FEVER)[number], (typeof RASH)[number]];

/** Each begins with one of those two words, so that the audited patient speaks for one or for the other. */
const NOTES: Record<Diagnosis, string> = {
  Influenza: 'What brought them: fever, cough and shortness of breath. Symptoms of influenza.',
  Pneumonia: 'The visit was for fever, cough and shortness of breath. Symptoms of pneumonia.',
  Measles: 'The visit was for an itching rash on both arms. Symptoms of measles.',
  Psoriasis: 'What brought them: an itching rash on both arms. Symptoms of psoriasis.',
};

const [influenza, pneumonia] = FEVER;
const [measles, psoriasis] = RASH;
/** The one patient that the two record sets differ in, alone in shard 0: whatever they had, they decide its opinion. */
const AUDITED: Record<Side, Opinion> = {
  left: [influenza, psoriasis],
  right: [pneumonia, measles],
};
const OTHERS: Record<string, readonly Opinion[]> = {
  neighbour: [
    [influenza, measles],
    [pneumonia, measles],
  ],
  second: [
    [influenza, measles],
    [influenza, measles],
    [pneumonia, psoriasis],
  ],
  third: [
    [influenza, measles],
    [pneumonia, psoriasis],
    [pneumonia, psoriasis],
  ],
};
const PATIENTS_PER_SHARD = 3;

type Patient = { id: string; opinion: Opinion };

/** Fills the data folder's hospitals with records and shard keys, before they are seeded. */
export function writeAuditRecords(dataDir: string): void {
  for (const side of SIDES) {
    const audited = { id: patientIn('neighbour', 0, 0), opinion: AUDITED[side] };
    writeHospital(dataDir, neighbour(side), 'neighbour', [audited, ...othersOf('neighbour', 1)]);
  }
  for (const key of BYSTANDERS) writeHospital(dataDir, key, key, othersOf(key, 0));
}

function othersOf(key: string, firstShard: number): Patient[] {
  return OTHERS[key]!.flatMap((opinion, i) =>
    Array.from({ length: PATIENTS_PER_SHARD }, (_, number) => ({
      id: patientIn(key, firstShard + i, number),
      opinion,
    })),
  );
}

/** Both neighbours have one shard key: they are the same hospital, and every other patient lies where they lay. */
export const shardKey = (key: string) =>
  createHash('sha256').update(`shard key of the audited ${key}`).digest();

/** The id of the `number`th patient that the key puts into this shard. */
function patientIn(key: string, shard: number, number: number): string {
  for (let candidate = 0, found = 0; ; candidate += 1) {
    const id = `${key}-${candidate}`;
    if (shardOf(shardKey(key), id, SHARDS_PER_HOSPITAL) === shard && found++ === number) return id;
  }
}

function writeHospital(dataDir: string, folder: string, key: string, patients: readonly Patient[]): void {
  const hospital = join(dataDir, 'hospitals', folder);
  const records = join(hospital, 'records');
  mkdirSync(records, { recursive: true, mode: 0o700 });
  mkdirSync(join(hospital, 'node'), { recursive: true, mode: 0o700 });
  writeFileSync(join(hospital, 'node', 'shard.key'), shardKey(key).toString('hex'), { mode: 0o600 });
  const write = (type: string, resources: readonly object[]) =>
    writeFileSync(
      join(records, `${type}.ndjson`),
      resources.map((resource) => `${JSON.stringify({ resourceType: type, ...resource })}\n`).join(''),
    );
  const visits = patients.flatMap(({ id, opinion }) =>
    opinion.map((diagnosis) => ({ patient: id, id: `${id}-${diagnosis}`, diagnosis })),
  );
  const of = ({ patient, id }: (typeof visits)[number]) => ({
    id,
    subject: { reference: `Patient/${patient}` },
  });
  write(
    'Patient',
    patients.map(({ id }) => ({ id })),
  );
  write('Encounter', visits.map(of));
  write(
    'Condition',
    visits.map((visit) => ({
      ...of(visit),
      encounter: { reference: `Encounter/${visit.id}` },
      code: { coding: [{ code: visit.diagnosis, display: visit.diagnosis }] },
    })),
  );
  write(
    'DocumentReference',
    visits.map((visit) => ({
      ...of(visit),
      status: 'current',
      date: '2024-05-06T10:00:00Z',
      context: { encounter: [{ reference: `Encounter/${visit.id}` }] },
      content: [
        {
          attachment: {
            contentType: 'text/plain',
            data: Buffer.from(NOTES[visit.diagnosis]).toString('base64'),
          },
        },
      ],
    })),
  );
}
