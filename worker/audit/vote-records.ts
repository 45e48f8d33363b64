import { BYSTANDERS, bystander, COHORTS, neighbour, SIDES, type Side } from './scenario.ts';
import { type Patient, patientIn, type Visit, writeHospital } from './write-hospital.ts';

/**
 * The records of the hospitals that are asked to vote: made so that every shard has a clear opinion on two questions
 * and one patient decides that of the shard they lie in. Nine shards vote in all, and a fourth of a hospital has no records. That patient moves the votes 5 to 4
 * into 4 to 5 on the first question, and 5 to 4 into 6 to 3 on the second: where a vote matters most, and in opposite
 * directions.
 */
export const FEVER = ['Influenza', 'Pneumonia'] as const;
export const RASH = ['Measles', 'Psoriasis'] as const;
export const PROMPT = 'Adult with fever, cough and shortness of breath, and an itching rash on both arms.';

type Diagnosis = (typeof FEVER)[number] | (typeof RASH)[number];
/** What all patients of a shard are found to have: an answer to each question. */
type Opinion = readonly [(typeof FEVER)[number], (typeof RASH)[number]];

const NOTES: Record<Diagnosis, string> = {
  Influenza: 'Fever, cough and shortness of breath. Found: influenza.',
  Pneumonia: 'Fever, cough and shortness of breath. Found: pneumonia.',
  Measles: 'An itching rash on both arms. Found: measles.',
  Psoriasis: 'An itching rash on both arms. Found: psoriasis.',
};

const [influenza, pneumonia] = FEVER;
const [measles, psoriasis] = RASH;
/** The one patient that the two record sets differ in, alone in shard 0: whatever they had, they decide its opinion. */
const AUDITED: Record<Side, Opinion> = {
  left: [influenza, psoriasis],
  right: [pneumonia, measles],
};
const OTHERS = {
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
} satisfies Record<string, readonly Opinion[]>;
const PATIENTS_PER_SHARD = 3;

export function writeVoteRecords(dataDir: string, cohort: 'votes' | 'noise'): void {
  const { shardsPerHospital } = COHORTS[cohort];
  for (const side of SIDES) {
    const place = { key: 'neighbour', shard: 0, shards: shardsPerHospital };
    const audited = { id: patientIn(place, 0), visits: visitsOf(AUDITED[side]) };
    const patients = [audited, ...othersOf('neighbour', 1, shardsPerHospital)];
    writeHospital(dataDir, { folder: neighbour(cohort, side), key: 'neighbour', patients });
  }
  for (const name of BYSTANDERS) {
    const folder = bystander(cohort, name);
    writeHospital(dataDir, { folder, key: name, patients: othersOf(name, 0, shardsPerHospital) });
  }
}

function othersOf(key: keyof typeof OTHERS, firstShard: number, shards: number): Patient[] {
  return OTHERS[key].flatMap((opinion, i) => {
    const place = { key, shard: firstShard + i, shards };
    return Array.from({ length: PATIENTS_PER_SHARD }, (_, number) => ({
      id: patientIn(place, number),
      visits: visitsOf(opinion),
    }));
  });
}

function visitsOf(opinion: Opinion): Visit[] {
  return opinion.map((diagnosis) => ({ diagnosis, note: NOTES[diagnosis] }));
}
