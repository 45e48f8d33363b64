import type { Owner } from '#lib/ledger/accounts';
import { periodOf } from '#lib/ledger/period';
import type { HospitalConditions } from '#lib/nodes/hospital-conditions';
import { type Candidate, chooseCohort, MIN_COHORT } from '#lib/planner/choose-cohort';
import type { Rational } from '#lib/privacy/sampling/rational';
import type { ScenarioHospital } from '../scenario.ts';
import type { Balances } from './balances.ts';
import type { Outage } from './draw-outages.ts';
import type { Question } from './draw-question.ts';
import type { Person } from './people.ts';
import type { Prices } from './prices.ts';
import {
  aboveWhatIsAllowed,
  accountExhausted,
  cohortTooSmall,
  datasetsExhausted,
  notUseful,
  purposeRefused,
  type Reason,
} from './refusals.ts';

/** Who answers, and whose budgets it costs how much. */
export type Charge = {
  period: string;
  rhoPico: bigint;
  beta: Rational;
  /** Node ids, sorted. */
  cohort: string[];
  shards: number;
  owners: Owner[];
};

export type Hospital = Pick<ScenarioHospital, 'shards' | 'purposes' | 'allowedRegions'> & {
  nodeId: string;
  dataset: Owner;
};

/** The federation while its history is made up. */
export type Federation = {
  hospitals: readonly Hospital[];
  balances: Balances;
  prices: Prices;
  outages: readonly Outage[];
};

type Asked = { at: Date; person: Person; question: Extract<Question, { route: 'federated' }> };

/** What every hospital of the demo asks of rounds, and what the rounds of its history were like. */
const USUAL: HospitalConditions = { minCohort: MIN_COHORT, minCollude: 1, minSigmaLocal: 2 };
const EXACT = {
  masking: 'all-or-nothing',
  maxCollude: 1,
  maxDropouts: 0,
  minCohort: MIN_COHORT,
  sigma2Local: null,
} as const;

/** Policy, planner and budgets in the router's own order, with the router's own choice of the cohort. */
export function tryToCharge(federation: Federation, asked: Asked): { charge: Charge } | { refused: Reason } {
  const { prices, outages } = federation;
  const { at, person, question } = asked;
  const { labelCount, epsilon, purpose } = question;
  if (epsilon > person.maxRequestEpsilon)
    return { refused: aboveWhatIsAllowed(epsilon, person.maxRequestEpsilon) };
  const eligible = federation.hospitals.filter(
    (hospital) => hospital.purposes.includes(purpose) && hospital.allowedRegions.includes(person.region),
  );
  if (eligible.length < MIN_COHORT) return { refused: purposeRefused(purpose) };
  const outage = outages.find(({ from, to }) => from <= at && at < to);
  const { rhoPico, beta } = prices.charge(epsilon);
  const choice = chooseCohort(
    candidates(federation, eligible.slice(0, outage?.connected ?? eligible.length), periodOf(at)),
    {
      minCohort: MIN_COHORT,
      rhoPicoOf: () => rhoPico,
      isUseful: (cohort) => prices.worth(labelCount, shardsOf(cohort), epsilon).useful,
      termsOf: ({ length: nodes }) => ({ ...EXACT, nodes }),
      areTogether: () => true,
    },
  );
  switch (choice.kind) {
    case 'too_small':
      return { refused: cohortTooSmall(choice.available) };
    case 'conditions_unmet':
      return { refused: cohortTooSmall(choice.willing) };
    case 'exhausted':
      return { refused: datasetsExhausted(choice.affordable, rhoPico) };
    case 'not_useful': {
      const shards = shardsOf(choice.cohort);
      return { refused: notUseful(question, shards, prices.worth(labelCount, shards, epsilon)) };
    }
    case 'chosen': {
      const short = shortAccount(federation, person, periodOf(at), rhoPico);
      if (short) return { refused: short };
      const { cohort } = choice;
      const datasets = cohort.map(({ datasetId }): Owner => ({ kind: 'dataset', ownerId: datasetId }));
      const nodeIds = cohort.map(({ nodeId }) => nodeId).sort();
      const owners = [...ownersOf(person).map(({ owner }) => owner), ...datasets];
      const shards = shardsOf(cohort);
      return { charge: { period: periodOf(at), rhoPico, beta, cohort: nodeIds, shards, owners } };
    }
  }
}

function candidates({ balances }: Federation, hospitals: readonly Hospital[], period: string): Candidate[] {
  return hospitals.map(({ nodeId, dataset, shards }) => ({
    nodeId,
    datasetId: dataset.ownerId,
    shards,
    remainingRhoPico: balances.left(dataset, period),
    probeMs: null,
    availability: 1,
    conditions: USUAL,
  }));
}

function shardsOf(cohort: readonly Candidate[]): number {
  return cohort.reduce((sum, { shards }) => sum + shards, 0);
}

function ownersOf(person: Person): { owner: Owner; name: string }[] {
  return [
    { owner: { kind: 'user', ownerId: person.userId }, name: person.userName },
    { owner: { kind: 'department', ownerId: person.departmentId }, name: person.department },
    { owner: { kind: 'organisation', ownerId: person.organisationId }, name: person.organisationName },
  ];
}

function shortAccount(
  { balances }: Federation,
  person: Person,
  period: string,
  rhoPico: bigint,
): Reason | undefined {
  for (const { owner, name } of ownersOf(person)) {
    const left = balances.left(owner, period);
    if (left < rhoPico) return accountExhausted(owner.kind, name, left, rhoPico);
  }
  return undefined;
}
