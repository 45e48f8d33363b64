import type { Scenario, ScenarioHospital } from '../../prisma/seed/scenario.ts';

/** The two neighbours: hospitals whose records differ in one patient. The purpose of a question decides which is asked. */
export const SIDES = ['left', 'right'] as const;
export type Side = (typeof SIDES)[number];

export const SHARDS_PER_HOSPITAL = 3;
/** Whom every question asks beside the neighbour. */
export const BYSTANDERS = ['second', 'third'] as const;
export const neighbour = (side: Side) => `neighbour-${side}`;

/** Far more than any audit spends: an audit asks thousands of times what a year's budget allows. */
const CAP_EPSILON = 1_000_000;
const REGION = 'eu-west-1';

const hospital = (key: string, purposes: readonly Side[]): ScenarioHospital => ({
  key,
  name: `Audited hospital ${key}`,
  regime: 'GDPR',
  shards: SHARDS_PER_HOSPITAL,
  lanes: 1,
  computeCapacity: '1xCPU',
  purposes: [...purposes],
  allowedRegions: [REGION],
});

/**
 * Two federations in one: questions with the purpose `left` go to the left neighbour and the two bystanders, those with
 * `right` to the right one and the same bystanders. So both are answered by one router over one ledger, interleaved.
 */
export const auditScenario: Scenario = {
  name: 'audit',
  seed: 'audit',
  patientsPerHospital: 0,
  historyRequests: 0,
  purposes: SIDES.map((side) => ({
    code: side,
    display: `Audit, ${side}`,
    description: `Asks the federation with the ${side} one of two neighbouring record sets.`,
  })),
  organisations: [
    {
      key: 'audit',
      name: 'Audit',
      region: REGION,
      maxRequestEpsilon: 1_000,
      departments: [{ name: 'Audit' }],
      users: [{ email: 'attacker@audit.example', name: 'Attacker', role: 'clinician', department: 'Audit' }],
      hospitals: [
        ...SIDES.map((side) => hospital(neighbour(side), [side])),
        ...BYSTANDERS.map((key) => hospital(key, SIDES)),
      ],
    },
  ],
  apiKeyOwner: 'attacker@audit.example',
  caps: { dataset: CAP_EPSILON, department: CAP_EPSILON, organisation: CAP_EPSILON, user: CAP_EPSILON },
};
