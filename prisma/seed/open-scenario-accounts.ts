import type { Pool } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import { privacyEnv } from '#lib/env';
import { type NewAccount, openAccount } from '#lib/ledger/open-account';
import { periodOf } from '#lib/ledger/period';
import { rhoFromEpsilon } from '#lib/privacy/zcdp';
import type { Scenario } from './scenario.ts';
import { idOf } from './scenario-ids.ts';

/** Opens this year's budget of everyone in the scenario; one that is open already stays as it is. */
export async function openScenarioAccounts(pool: Pool, scenario: Scenario): Promise<void> {
  const { FEDERATED_DELTA: delta, FEDERATED_MAX_BUDGET_PER_USER: userCap } = privacyEnv();
  const period = periodOf(new Date());
  const caps = { user: userCap, ...scenario.caps };
  const accounts = scenario.organisations.flatMap((organisation): NewAccount[] => {
    const organisationId = idOf('organisation', organisation.key);
    const account = (kind: NewAccount['kind'], ownerId: string, name: string): NewAccount => ({
      kind,
      ownerId,
      organisationId,
      name,
      period,
      capRhoPico: rhoFromEpsilon(caps[kind], delta),
      delta: String(delta),
    });
    return [
      account('organisation', organisationId, organisation.name),
      ...organisation.departments.map((name) =>
        account('department', idOf('department', `${organisation.key}/${name}`), name),
      ),
      ...organisation.users.map((user) => account('user', idOf('user', user.email), user.name)),
      ...organisation.hospitals.map((hospital) =>
        account('dataset', idOf('dataset', hospital.key), hospital.name),
      ),
    ];
  });
  await transaction(pool, async (client) => {
    for (const account of accounts) await openAccount(client, account);
  });
}
