import type { Condition } from './conditions.ts';
import type { Sex } from './presentation.ts';

/** FHIR R4 resources as the generator writes them: required elements, what the reader joins by, little else. */
export type PatientFacts = {
  id: string;
  hospitalKey: string;
  number: number;
  given: string;
  sex: Sex;
  birthDate: string;
};
export type EncounterFacts = {
  id: string;
  patientId: string;
  start: string;
  end: string;
  condition: Condition;
};

const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem';
const coding = (system: string, code: string, display?: string) => ({
  system,
  code,
  ...(display && { display }),
});
const reference = (type: string, id: string) => ({ reference: `${type}/${id}` });
/** Marks a resource as test data, as HL7 prescribes. */
const TEST_DATA = { tag: [coding(`${TERMINOLOGY}/v3-ActReason`, 'HTEST')] };

export const patientResource = (p: PatientFacts) => ({
  resourceType: 'Patient',
  id: p.id,
  meta: TEST_DATA,
  identifier: [
    { system: `urn:example:${p.hospitalKey}:mrn`, value: `MRN-${String(p.number).padStart(6, '0')}` },
  ],
  name: [{ use: 'official', family: `Synthetic${String(p.number).padStart(5, '0')}`, given: [p.given] }],
  gender: p.sex,
  birthDate: p.birthDate,
});

export const encounterResource = (e: EncounterFacts) => ({
  resourceType: 'Encounter',
  id: e.id,
  status: 'finished',
  class: coding(`${TERMINOLOGY}/v3-ActCode`, e.condition.emergency ? 'EMER' : 'AMB'),
  serviceType: { text: e.condition.department },
  subject: reference('Patient', e.patientId),
  period: { start: e.start, end: e.end },
});

export const conditionResource = (e: EncounterFacts) => ({
  resourceType: 'Condition',
  id: `${e.id}-d`,
  clinicalStatus: { coding: [coding(`${TERMINOLOGY}/condition-clinical`, 'active')] },
  verificationStatus: { coding: [coding(`${TERMINOLOGY}/condition-ver-status`, 'confirmed')] },
  category: [{ coding: [coding(`${TERMINOLOGY}/condition-category`, 'encounter-diagnosis')] }],
  code: {
    coding: [coding('http://hl7.org/fhir/sid/icd-10-cm', e.condition.code, e.condition.display)],
    text: e.condition.name,
  },
  subject: reference('Patient', e.patientId),
  encounter: reference('Encounter', e.id),
  recordedDate: e.end,
});

export const documentResource = (e: EncounterFacts, note: string) => ({
  resourceType: 'DocumentReference',
  id: `${e.id}-n`,
  status: 'current',
  type: {
    coding: [
      e.condition.emergency
        ? coding('http://loinc.org', '34117-2', 'History and physical note')
        : coding('http://loinc.org', '11506-3', 'Progress note'),
    ],
  },
  subject: reference('Patient', e.patientId),
  date: e.end,
  content: [
    {
      attachment: {
        contentType: 'text/plain; charset=utf-8',
        data: Buffer.from(note, 'utf8').toString('base64'),
      },
    },
  ],
  context: { encounter: [reference('Encounter', e.id)] },
});

export const consentResource = (patientId: string, type: 'deny' | 'permit', date: string) => ({
  resourceType: 'Consent',
  id: `${patientId}-c`,
  status: 'active',
  scope: { coding: [coding(`${TERMINOLOGY}/consentscope`, 'research')] },
  category: [{ coding: [coding('http://loinc.org', '59284-0', 'Consent Document')] }],
  patient: reference('Patient', patientId),
  dateTime: date,
  policyRule: { coding: [coding(`${TERMINOLOGY}/v3-ActCode`, type === 'deny' ? 'OPTOUT' : 'OPTIN')] },
  provision: { type },
});
