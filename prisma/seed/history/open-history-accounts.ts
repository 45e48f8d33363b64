import type { Pool } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import type { Owner } from '#lib/ledger/accounts';
import { openAccount } from '#lib/ledger/open-account';
import type { Scenario } from '../scenario.ts';
import { scenarioAccounts } from '../scenario-accounts.ts';
import { startOfHistory } from './draw-moments.ts';
import { historyPeriods } from './plan-history.ts';

/** Finds the id of an owner's account of a period. */
export type AccountIds = (owner: Owner, period: string) => string;

/** Opens the budgets of the periods that the history touches: the first when it begins, the next at new year (UTC). */
export async function openHistoryAccounts(pool: Pool, scenario: Scenario, until: Date): Promise<AccountIds> {
  const since = startOfHistory(until);
  await transaction(pool, async (client) => {
    for (const period of historyPeriods(until)) {
      const newYear = new Date(Date.UTC(Number(period), 0, 1));
      for (const account of scenarioAccounts(scenario, period))
        await openAccount(client, account, newYear < since ? since : newYear);
    }
  });
  const { rows } = await pool.query<{ id: string; key: string }>(
    `SELECT id, kind || '/' || owner_id || '/' || period AS key FROM account`,
  );
  const ids = new Map(rows.map(({ key, id }) => [key, id]));
  return ({ kind, ownerId }, period) => {
    const id = ids.get(`${kind}/${ownerId}/${period}`);
    if (!id) throw new Error(`no ${kind} account of ${ownerId} is open for ${period}`);
    return id;
  };
}
