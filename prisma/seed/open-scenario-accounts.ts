import type { Pool } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import { openAccount } from '#lib/ledger/open-account';
import { periodOf } from '#lib/ledger/period';
import type { Scenario } from './scenario.ts';
import { scenarioAccounts } from './scenario-accounts.ts';

/** Opens this year's budget of everyone in the scenario; one that is open already stays as it is. */
export async function openScenarioAccounts(pool: Pool, scenario: Scenario): Promise<void> {
  const accounts = scenarioAccounts(scenario, periodOf(new Date()));
  await transaction(pool, async (client) => {
    for (const account of accounts) await openAccount(client, account);
  });
}
