import type { Role } from '#lib/actor';

/** A named, deterministic starting point: for the demo, for tests and for the browser tests. */
export type Scenario = {
  name: string;
  /** Seed of the synthetic records. */
  seed: string;
  patientsPerHospital: number;
  purposes: { code: string; display: string; description: string }[];
  organisations: ScenarioOrganisation[];
  /** The application key is made for this person. */
  apiKeyOwner: string;
  /** Yearly caps, epsilon at FEDERATED_DELTA. The user's comes from FEDERATED_MAX_BUDGET_PER_USER unless given. */
  caps: { dataset: number; department: number; organisation: number; user?: number };
};

export type ScenarioOrganisation = {
  key: string;
  name: string;
  region: string;
  maxRequestEpsilon: number;
  departments: string[];
  users: { email: string; name: string; role: Role; department: string }[];
  hospitals: ScenarioHospital[];
};

export type ScenarioHospital = {
  /** Names its record profile, data folder and node. */
  key: string;
  name: string;
  regime: string;
  shards: number;
  lanes: number;
  purposes: string[];
  allowedRegions: string[];
};
