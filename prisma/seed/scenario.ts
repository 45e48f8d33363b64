import type { Role } from '#lib/actor';

/** A named, deterministic starting point: for the demo, for tests and for the browser tests. */
export type Scenario = {
  name: string;
  /** Seed of the synthetic records and of the history. */
  seed: string;
  patientsPerHospital: number;
  /** How many requests of the twelve months before today are made up; 0 begins with an empty ledger. */
  historyRequests: number;
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
  departments: ScenarioDepartment[];
  users: ScenarioUser[];
  hospitals: ScenarioHospital[];
};

export type ScenarioDepartment = {
  name: string;
  /** A yearly cap of its own, in epsilon, below the scenario's. */
  epsilonCap?: number;
};

export type ScenarioUser = {
  email: string;
  name: string;
  role: Role;
  department: string;
  /** Key of the hospital that a node operator looks after; nobody else has one. */
  hospital?: string;
  /** A yearly cap of their own, in epsilon, below the scenario's. */
  epsilonCap?: number;
  /** How often they ask in the history, beside the usual for their place; 1 unless given. */
  activity?: number;
};

export type ScenarioHospital = {
  /** Names its record profile, data folder and node. */
  key: string;
  name: string;
  regime: string;
  shards: number;
  lanes: number;
  /** What the hospital declares that its node runs on, e.g. "2xCPU". */
  computeCapacity: string;
  purposes: string[];
  allowedRegions: string[];
};
