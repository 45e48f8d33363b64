import type { Scenario, ScenarioHospital } from '../scenario.ts';

const US = 'us-east-1';
const EU = 'eu-west-1';
const CARE = 'clinical-decision-support';
const RESEARCH = 'research';
const QUALITY = 'quality-improvement';

const hospital = (key: string, name: string, regime: string, purposes: string[]): ScenarioHospital => ({
  key,
  name,
  regime,
  shards: 64,
  lanes: 2,
  purposes,
  allowedRegions: [US, EU],
});

/** Four hospitals with synthetic patients; the people who sign in belong to the first. None of them exists. */
export const demo: Scenario = {
  name: 'demo',
  seed: 'demo',
  patientsPerHospital: 4_000,
  purposes: [
    {
      code: CARE,
      display: 'Clinical decision support',
      description: 'Helping a clinician decide about a patient in front of them.',
    },
    { code: RESEARCH, display: 'Research', description: 'Research under an approved protocol.' },
    {
      code: QUALITY,
      display: 'Quality improvement',
      description: 'Comparing and improving how care is given.',
    },
  ],
  organisations: [
    {
      key: 'harbour',
      name: 'Harbour Health',
      region: US,
      maxRequestEpsilon: 1,
      departments: ['Emergency', 'Radiology', 'Oncology', 'General medicine', 'Research'],
      users: [
        {
          email: 'clinician@harbour.example',
          name: 'Demo clinician',
          role: 'clinician',
          department: 'Emergency',
        },
        {
          email: 'dpo@harbour.example',
          name: 'Demo data-protection officer',
          role: 'dpo',
          department: 'General medicine',
        },
        {
          email: 'admin@harbour.example',
          name: 'Demo administrator',
          role: 'admin',
          department: 'General medicine',
        },
      ],
      hospitals: [hospital('harbour', 'Harbour General Hospital', 'HIPAA', [CARE, RESEARCH, QUALITY])],
    },
    {
      key: 'northfield',
      name: 'Northfield Health',
      region: EU,
      maxRequestEpsilon: 1,
      departments: ['Emergency'],
      users: [
        {
          email: 'dpo@northfield.example',
          name: 'Demo data-protection officer',
          role: 'dpo',
          department: 'Emergency',
        },
      ],
      hospitals: [hospital('northfield', 'Northfield University Hospital', 'GDPR', [CARE, RESEARCH])],
    },
    {
      key: 'lakeside',
      name: 'Lakeside Health',
      region: US,
      maxRequestEpsilon: 1,
      departments: ['General medicine'],
      users: [],
      hospitals: [hospital('lakeside', 'Lakeside Community Hospital', 'HIPAA', [CARE, RESEARCH, QUALITY])],
    },
    {
      key: 'southgate',
      name: 'Southgate Health',
      region: EU,
      maxRequestEpsilon: 1,
      departments: ['General medicine'],
      users: [],
      hospitals: [hospital('southgate', 'Southgate Medical Centre', 'GDPR', [CARE])],
    },
  ],
  apiKeyOwner: 'clinician@harbour.example',
  caps: { dataset: 10, department: 50, organisation: 200 },
};
