import type { ScenarioUser } from '../scenario.ts';

/** Nobody here exists: people are called by what they do. */
const person = (
  organisation: string,
  login: string,
  name: string,
  role: ScenarioUser['role'],
  department: string,
  more: Pick<ScenarioUser, 'hospital' | 'epsilonCap' | 'activity'> = {},
): ScenarioUser => ({ email: `${login}@${organisation}.example`, name, role, department, ...more });

const harbour = person.bind(null, 'harbour');

/** Somebody in every role, and at least two clinicians in every department. The first of a role is its demo login. */
export const HARBOUR_PEOPLE: ScenarioUser[] = [
  harbour('clinician', 'Demo clinician', 'clinician', 'Emergency'),
  harbour('dpo', 'Demo data-protection officer', 'dpo', 'General medicine'),
  harbour('admin', 'Demo administrator', 'admin', 'General medicine'),
  harbour('compliance', 'Demo compliance officer', 'compliance_officer', 'General medicine'),
  harbour('auditor', 'Demo auditor', 'auditor', 'General medicine'),
  harbour('operator', 'Demo node operator', 'node_operator', 'Research', { hospital: 'harbour' }),
  harbour('clinician2', 'Second demo clinician', 'clinician', 'Emergency'),
  harbour('emergency3', 'Demo nurse, emergency', 'clinician', 'Emergency'),
  harbour('radiology', 'Demo clinician, radiology', 'clinician', 'Radiology'),
  // Held to little, so that somebody is close to their cap.
  harbour('radiology2', 'Demo resident, radiology', 'clinician', 'Radiology', {
    epsilonCap: 1.7,
    activity: 5,
  }),
  harbour('oncology', 'Demo clinician, oncology', 'clinician', 'Oncology', { activity: 2.5 }),
  harbour('oncology2', 'Demo consultant, oncology', 'clinician', 'Oncology', { activity: 3 }),
  harbour('medicine', 'Demo clinician, general medicine', 'clinician', 'General medicine'),
  harbour('medicine2', 'Demo resident, general medicine', 'clinician', 'General medicine'),
  harbour('research', 'Demo researcher', 'clinician', 'Research'),
  harbour('research2', 'Demo research fellow', 'clinician', 'Research'),
];

/** Who answers for an organisation. */
export const oversight = (organisation: string): ScenarioUser[] => [
  person(organisation, 'dpo', 'Demo data-protection officer', 'dpo', 'General medicine'),
  person(organisation, 'admin', 'Demo administrator', 'admin', 'General medicine'),
];

/** One clinician in every department, and a second one in the emergency department. */
export const clinicians = (organisation: string): ScenarioUser[] => [
  person(organisation, 'clinician', 'Demo clinician', 'clinician', 'Emergency'),
  person(organisation, 'clinician2', 'Second demo clinician', 'clinician', 'Emergency'),
  person(organisation, 'radiology', 'Demo clinician, radiology', 'clinician', 'Radiology'),
  person(organisation, 'oncology', 'Demo clinician, oncology', 'clinician', 'Oncology'),
  person(organisation, 'medicine', 'Demo clinician, general medicine', 'clinician', 'General medicine'),
  person(organisation, 'research', 'Demo researcher', 'clinician', 'Research'),
];
