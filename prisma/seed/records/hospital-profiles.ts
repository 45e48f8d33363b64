import { CONDITIONS, type Condition } from './conditions.ts';

/** How a hospital differs from the next: what it sees and how its clinicians write. */
export type HospitalProfile = {
  name: string;
  /** Weight of each department; all conditions occur everywhere. */
  departments: Readonly<Record<string, number>>;
  /** Weights of the note styles, in the order of NOTE_STYLES. */
  noteStyles: readonly [number, number, number, number];
};

export const DEFAULT_PROFILE: HospitalProfile = {
  name: 'Sample Hospital',
  departments: {},
  noteStyles: [1, 1, 1, 1],
};

/** The hospitals of the demonstration. None of them exists. */
export const HOSPITAL_PROFILES: Readonly<Record<string, HospitalProfile>> = {
  harbour: {
    name: 'Harbour General Hospital',
    departments: { cardiology: 1.9, pulmonology: 1.4, neurology: 1.1, oncology: 0.6 },
    noteStyles: [2, 4, 1, 3],
  },
  northfield: {
    name: 'Northfield University Hospital',
    departments: { neurology: 1.7, oncology: 1.8, endocrinology: 1.2, 'internal medicine': 0.7 },
    noteStyles: [4, 1, 3, 2],
  },
  lakeside: {
    name: 'Lakeside Community Hospital',
    departments: { 'internal medicine': 1.7, endocrinology: 1.5, urology: 1.3, oncology: 0.6 },
    noteStyles: [1, 2, 4, 1],
  },
  southgate: {
    name: 'Southgate Medical Centre',
    departments: { gastroenterology: 1.8, urology: 1.5, pulmonology: 1.1, cardiology: 0.8 },
    noteStyles: [1, 3, 2, 4],
  },
};

export function profileOf(hospitalKey: string): HospitalProfile {
  return HOSPITAL_PROFILES[hospitalKey] ?? DEFAULT_PROFILE;
}

/** How well a condition fits an age, in [0.05, 1]: the odd case outside the usual ages is left in. */
function ageFit(condition: Condition, age: number): number {
  const [youngest, oldest] = condition.ages;
  return age >= youngest && age <= oldest ? 1 : 0.05;
}

/** Weight of each condition, in the order of CONDITIONS, for a patient of this age at this hospital. */
export function caseMix(profile: HospitalProfile, age: number): number[] {
  return CONDITIONS.map(
    (condition) => (profile.departments[condition.department] ?? 1) * ageFit(condition, age),
  );
}
