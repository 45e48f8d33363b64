import type { Pool } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import { openAccount } from '#lib/ledger/open-account';
import { periodOf } from '#lib/ledger/period';
import type { Scenario } from './scenario.ts';
import { scenarioAccounts } from './scenario-accounts.ts';

/** Opens this year's budget of everyone in the scenario; one that is open already stays as it is. */
export async function openScenarioAccounts(pool: Pool, scenario: Scenario): Promise<void> {
  const period = periodOf(new Date());
  // Every start comes by here, and opening one by one takes a while.
  const open = await pool.query<{ owner: string }>(
    `SELECT kind || '/' || owner_id AS owner FROM account WHERE period = $1`,
    [period],
  );
  const isOpen = new Set(open.rows.map(({ owner }) => owner));
  const accounts = scenarioAccounts(scenario, period).filter(
    ({ kind, ownerId }) => !isOpen.has(`${kind}/${ownerId}`),
  );
  await transaction(pool, async (client) => {
    for (const account of accounts) await openAccount(client, account);
  });
}
