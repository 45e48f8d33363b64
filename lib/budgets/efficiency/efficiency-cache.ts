import { setImmediate } from 'node:timers/promises';
import type { Account } from '#lib/db/generated/client';
import type { Database } from '#lib/db/prisma';
import { type Efficiency, measureEfficiency } from './measure-efficiency.ts';
import { readRuns } from './read-runs.ts';

export type MeasuredAccount = { accountId: string; computedAt: Date; efficiency: Efficiency };

type Spent = Pick<Account, 'id' | 'delta' | 'spentRhoPico'>;

/** By account: what was measured, and the spend it was measured at. A settled charge always moves the spend. */
const measured = new Map<string, { spentRhoPico: bigint; result: MeasuredAccount }>();
const MAX_REMEMBERED = 10_000;

/**
 * The efficiency of each account, measured again only where something was charged since. Composing takes tens of
 * milliseconds an account, so others have their turn in between. The caller has authorised the accounts.
 */
export async function efficiencyOf(db: Database, accounts: readonly Spent[]): Promise<MeasuredAccount[]> {
  const changed = accounts.filter(({ id, spentRhoPico }) => measured.get(id)?.spentRhoPico !== spentRhoPico);
  const runs =
    changed.length > 0
      ? await readRuns(
          db,
          changed.map(({ id }) => id),
        )
      : new Map();
  if (measured.size > MAX_REMEMBERED) measured.clear();
  const results: MeasuredAccount[] = [];
  for (const { id, delta, spentRhoPico } of accounts) {
    const known = measured.get(id);
    if (known?.spentRhoPico === spentRhoPico) {
      results.push(known.result);
      continue;
    }
    const efficiency = measureEfficiency(runs.get(id) ?? [], Number(delta));
    const result = { accountId: id, computedAt: new Date(), efficiency };
    measured.set(id, { spentRhoPico, result });
    results.push(result);
    await setImmediate();
  }
  return results;
}
