import type { PoolClient } from '#lib/db/pool';
import {
  type ChargedProven,
  chargeProven,
  findDeficits,
  KEPT_AND_GIVEN,
  type Periods,
} from './charge-proven.ts';

const REQUESTS_AT_ONCE = 2_000;

type Options = { dryRun: boolean; onProgress: (what: string, done: number) => void };

/** Charges what the given receipts prove of any request; in a dry run only says so. */
export async function chargeGiven(
  client: PoolClient,
  { dryRun, onProgress }: Options,
  periods: Periods,
  now: Date,
): Promise<ChargedProven> {
  const given = await client.query<{ id: string }>(
    'SELECT DISTINCT request_id AS id FROM given_receipt ORDER BY 1',
  );
  const all: ChargedProven = { adjustments: [], overCap: [], homeless: [] };
  for (let from = 0; from < given.rows.length; from += REQUESTS_AT_ONCE) {
    const ids = given.rows.slice(from, from + REQUESTS_AT_ONCE).map(({ id }) => id);
    const { adjustments, overCap, homeless } = dryRun
      ? await wouldCharge(client, ids, periods)
      : await chargeProven(client, ids, periods, now);
    all.adjustments.push(...adjustments);
    all.overCap.push(...overCap);
    all.homeless.push(...homeless);
    onProgress('requests', from + ids.length);
  }
  return all;
}

async function wouldCharge(
  client: PoolClient,
  ids: readonly string[],
  periods: Periods,
): Promise<ChargedProven> {
  const { deficits, homeless } = await findDeficits(client, ids, periods, KEPT_AND_GIVEN);
  const adjustments = deficits.map(({ requestId, ...move }) => ({
    requestId,
    accounts: [move],
    cause: 'receipts' as const,
  }));
  return { adjustments, overCap: [], homeless };
}
