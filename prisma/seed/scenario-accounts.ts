import { privacyEnv } from '#lib/env';
import type { NewAccount } from '#lib/ledger/open-account';
import { rhoFromEpsilon } from '#lib/privacy/accounting/zcdp';
import type { Scenario } from './scenario.ts';
import { idOf } from './scenario-ids.ts';

/** The budgets of everyone in the scenario for one period. */
export function scenarioAccounts(scenario: Scenario, period: string): NewAccount[] {
  const { FEDERATED_DELTA: delta, FEDERATED_MAX_BUDGET_PER_USER: userCap } = privacyEnv();
  const caps = { user: userCap, ...scenario.caps };
  // Few caps, many accounts, and each conversion is a search.
  const rhoOf = new Map<number, bigint>();
  const capRhoPico = (epsilon: number) => {
    const rho = rhoOf.get(epsilon) ?? rhoFromEpsilon(epsilon, delta);
    rhoOf.set(epsilon, rho);
    return rho;
  };
  return scenario.organisations.flatMap((organisation) => {
    const organisationId = idOf('organisation', organisation.key);
    const account = (
      kind: NewAccount['kind'],
      ownerId: string,
      name: string,
      epsilonCap = caps[kind],
    ): NewAccount => ({
      kind,
      ownerId,
      organisationId,
      name,
      period,
      capRhoPico: capRhoPico(epsilonCap),
      delta: String(delta),
    });
    return [
      account('organisation', organisationId, organisation.name),
      ...organisation.departments.map(({ name, epsilonCap }) =>
        account('department', idOf('department', `${organisation.key}/${name}`), name, epsilonCap),
      ),
      ...organisation.users.map(({ email, name, epsilonCap }) =>
        account('user', idOf('user', email), name, epsilonCap),
      ),
      ...organisation.hospitals.map(({ key, name }) => account('dataset', idOf('dataset', key), name)),
    ];
  });
}
