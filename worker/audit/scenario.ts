import type { Scenario, ScenarioHospital } from '../../prisma/seed/scenario.ts';

/** The two neighbours: hospitals whose records differ in one patient. The purpose of a question decides which is asked. */
export const SIDES = ['left', 'right'] as const;
export type Side = (typeof SIDES)[number];

/**
 * Exact votes are asked of nine shards, the fewest that make one at eta = 1 useful by whole hospitals; those with the
 * hospitals' own noise of twelve, for the same reason. Short answers are asked of three: a token's eta is 4C/s, and with
 * s = 9 it would take many times the samples to see anything.
 */
export const COHORTS = {
  votes: { shardsPerHospital: 3 },
  noise: { shardsPerHospital: 4 },
  answers: { shardsPerHospital: 1 },
} as const;
export type Cohort = keyof typeof COHORTS;
export const ALL_COHORTS = Object.keys(COHORTS) as Cohort[];

/** Whom every question asks beside the neighbour. */
export const BYSTANDERS = ['second', 'third'] as const;
export type Bystander = (typeof BYSTANDERS)[number];
export const HOSPITALS_ASKED = BYSTANDERS.length + 1;

export const neighbour = (cohort: Cohort, side: Side) => `${cohort}-neighbour-${side}`;
export const bystander = (cohort: Cohort, name: Bystander) => `${cohort}-${name}`;
export const purposeOf = (cohort: Cohort, side: Side) => `${cohort}-${side}`;

/** Far more than any audit spends: an audit asks thousands of times what a year's budget allows. */
const CAP_EPSILON = 1_000_000;
const REGION = 'eu-west-1';

const hospital = (cohort: Cohort, key: string, sides: readonly Side[]): ScenarioHospital => ({
  key,
  name: `Audited hospital ${key}`,
  regime: 'GDPR',
  shards: COHORTS[cohort].shardsPerHospital,
  lanes: 1,
  computeCapacity: '1xCPU',
  purposes: sides.map((side) => purposeOf(cohort, side)),
  allowedRegions: [REGION],
});

/**
 * Two federations in one: questions with a purpose of the left side go to the left neighbour and the two bystanders,
 * those of the right to the right one and the same bystanders. So both are answered by one router over one ledger,
 * interleaved. Each kind of question has such a pair of its own.
 */
export const auditScenario = (cohorts: readonly Cohort[] = ALL_COHORTS): Scenario => ({
  name: 'audit',
  seed: 'audit',
  patientsPerHospital: 0,
  historyRequests: 0,
  purposes: cohorts.flatMap((cohort) =>
    SIDES.map((side) => ({
      code: purposeOf(cohort, side),
      display: `Audit of ${cohort}, ${side}`,
      description: `Asks the federation with the ${side} one of two neighbouring record sets.`,
    })),
  ),
  organisations: [
    {
      key: 'audit',
      name: 'Audit',
      region: REGION,
      maxRequestEpsilon: 1_000,
      departments: [{ name: 'Audit' }],
      users: [{ email: 'attacker@audit.example', name: 'Attacker', role: 'clinician', department: 'Audit' }],
      hospitals: cohorts.flatMap((cohort) => [
        ...SIDES.map((side) => hospital(cohort, neighbour(cohort, side), [side])),
        ...BYSTANDERS.map((name) => hospital(cohort, bystander(cohort, name), SIDES)),
      ]),
    },
  ],
  apiKeyOwner: 'attacker@audit.example',
  caps: { dataset: CAP_EPSILON, department: CAP_EPSILON, organisation: CAP_EPSILON, user: CAP_EPSILON },
});
