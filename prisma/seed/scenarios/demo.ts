import type { Scenario, ScenarioDepartment, ScenarioHospital } from '../scenario.ts';
import { clinicians, HARBOUR_PEOPLE, oversight } from './demo-people.ts';

const US = 'us-east-1';
const EU = 'eu-west-1';
const ASIA = 'ap-southeast-1';
const CARE = 'clinical-decision-support';
const RESEARCH = 'research';
const QUALITY = 'quality-improvement';

const hospital = (key: string, name: string, regime: string, purposes: string[]): ScenarioHospital => ({
  key,
  name,
  regime,
  shards: 64,
  lanes: 2,
  computeCapacity: '2xCPU',
  purposes,
  allowedRegions: [US, EU, ASIA],
});

/** Every organisation has the same five; one may hold a department to less than the scenario's cap. */
const departments = (epsilonCaps: Record<string, number> = {}): ScenarioDepartment[] =>
  ['Emergency', 'Radiology', 'Oncology', 'General medicine', 'Research'].map((name) => ({
    name,
    ...(epsilonCaps[name] === undefined ? {} : { epsilonCap: epsilonCaps[name] }),
  }));

/** Four hospitals in three regions, with synthetic patients and a made-up year behind them. None of them exists. */
export const demo: Scenario = {
  name: 'demo',
  seed: 'demo',
  patientsPerHospital: 4_000,
  historyRequests: 10_000,
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
      departments: departments({ Oncology: 2.6 }),
      users: HARBOUR_PEOPLE,
      hospitals: [hospital('harbour', 'Harbour General Hospital', 'HIPAA', [CARE, RESEARCH, QUALITY])],
    },
    {
      key: 'northfield',
      name: 'Northfield Health',
      region: EU,
      maxRequestEpsilon: 1,
      departments: departments(),
      users: [...oversight('northfield'), ...clinicians('northfield')],
      hospitals: [hospital('northfield', 'Northfield University Hospital', 'GDPR', [CARE, RESEARCH])],
    },
    {
      key: 'lakeside',
      name: 'Lakeside Health',
      region: US,
      maxRequestEpsilon: 1,
      departments: departments(),
      users: [...oversight('lakeside'), ...clinicians('lakeside')],
      hospitals: [hospital('lakeside', 'Lakeside Community Hospital', 'HIPAA', [CARE, RESEARCH, QUALITY])],
    },
    {
      key: 'southgate',
      name: 'Southgate Health',
      region: ASIA,
      maxRequestEpsilon: 1,
      departments: departments(),
      users: [...oversight('southgate'), ...clinicians('southgate')],
      hospitals: [hospital('southgate', 'Southgate Medical Centre', 'PDPA', [CARE])],
    },
  ],
  apiKeyOwner: 'clinician@harbour.example',
  caps: { dataset: 10, department: 50, organisation: 200 },
};
