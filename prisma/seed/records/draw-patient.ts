import { CONDITIONS, type Condition } from './conditions.ts';
import {
  conditionResource,
  consentResource,
  documentResource,
  encounterResource,
  patientResource,
} from './fhir-resources.ts';
import { caseMix, type HospitalProfile } from './hospital-profiles.ts';
import { misspell } from './misspell.ts';
import { NOTE_STYLES } from './note-styles.ts';
import { drawPresentation, type Sex } from './presentation.ts';
import { createRandom } from './random.ts';

/** One patient's lines for each file of the export. */
export type PatientLines = {
  patient: string;
  consent: string | undefined;
  encounters: string[];
  conditions: string[];
  documents: string[];
};

/** Given names are plants, family names are numbers: nobody can take them for people. */
const GIVEN_NAMES = [
  'Alder',
  'Aspen',
  'Birch',
  'Bramble',
  'Cedar',
  'Clover',
  'Elder',
  'Fern',
  'Hazel',
  'Heather',
  'Juniper',
  'Larch',
  'Linden',
  'Maple',
  'Myrtle',
  'Olive',
  'Rowan',
  'Sage',
  'Sorrel',
  'Willow',
];
const FIRST_DAY_MS = Date.UTC(2021, 0, 4);
const DAYS = 1_700;
const DAY_MS = 86_400_000;
const LAST_YEAR = 2025;
/** Shares of patients who refused the use of their records, and who agreed in writing. */
const DENY_RATE = 0.03;
const PERMIT_RATE = 0.1;
/** Chance that an encounter is about a chronic condition the patient already had. */
const RECURRENCE = 0.35;

const isoSecond = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** Draws the patient with this number, from a stream of their own: nobody else's records depend on it. */
export function drawPatient(
  seed: string,
  hospitalKey: string,
  profile: HospitalProfile,
  number: number,
): PatientLines {
  const random = createRandom(`${seed}/${hospitalKey}/patient/${number}`);
  const id = `${hospitalKey}-${Array.from({ length: 3 }, () => random.integer(0, 0xffff).toString(16).padStart(4, '0')).join('')}${number.toString(16)}`;
  const sex: Sex = random.chance(0.52) ? 'female' : 'male';
  const bornYear = random.integer(1932, 2004);
  const birthDate = `${bornYear}-${String(random.integer(1, 12)).padStart(2, '0')}-${String(random.integer(1, 28)).padStart(2, '0')}`;
  const given = random.pick(GIVEN_NAMES);
  const weights = caseMix(profile, LAST_YEAR - 2 - bornYear).map((weight, at) =>
    sex === 'male' && CONDITIONS[at]?.code.startsWith('C50') ? weight * 0.01 : weight,
  );

  const lines: PatientLines = {
    patient: JSON.stringify(patientResource({ id, hospitalKey, number, given, sex, birthDate })),
    consent: undefined,
    encounters: [],
    conditions: [],
    documents: [],
  };
  const attitude = random.unit();
  if (attitude < DENY_RATE + PERMIT_RATE) {
    const date = isoSecond(FIRST_DAY_MS).slice(0, 10);
    lines.consent = JSON.stringify(consentResource(id, attitude < DENY_RATE ? 'deny' : 'permit', date));
  }
  // One to eight encounters, 4.5 on average.
  const days = Array.from({ length: random.integer(1, 8) }, () => random.integer(0, DAYS)).sort(
    (a, b) => a - b,
  );
  const chronic: Condition[] = [];
  days.forEach((day, visit) => {
    const again = chronic.length > 0 && random.chance(RECURRENCE);
    const condition = again ? random.pick(chronic) : CONDITIONS[random.weighted(weights)];
    if (!condition) return;
    if (condition.chronic && !chronic.includes(condition)) chronic.push(condition);
    const startMs = FIRST_DAY_MS + day * DAY_MS + random.integer(6 * 60, 22 * 60) * 60_000;
    const age = new Date(startMs).getUTCFullYear() - bornYear;
    const presentation = drawPresentation(random, condition, age, sex);
    const style = NOTE_STYLES[random.weighted(profile.noteStyles)] ?? NOTE_STYLES[0];
    const encounter = {
      id: `${id}-${visit}`,
      patientId: id,
      start: isoSecond(startMs),
      end: isoSecond(startMs + random.integer(20, 600) * 60_000),
      condition,
    };
    lines.encounters.push(JSON.stringify(encounterResource(encounter)));
    lines.conditions.push(JSON.stringify(conditionResource(encounter)));
    lines.documents.push(
      JSON.stringify(documentResource(encounter, misspell(style(presentation, random), random))),
    );
  });
  return lines;
}
