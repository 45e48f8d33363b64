export { CONDITIONS, type Condition } from './conditions.ts';
export { type GeneratedRecords, generateHospitalRecords } from './generate-hospital-records.ts';
export { generateHeldOutCases, type HeldOutCase } from './held-out-cases.ts';
export { HOSPITAL_PROFILES, type HospitalProfile } from './hospital-profiles.ts';
