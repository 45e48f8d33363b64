import type { PoolClient } from '#lib/db/pool';
import {
  type ChargedProven,
  chargeProven,
  findDeficits,
  KEPT_AND_GIVEN,
  type Periods,
} from './charge-proven.ts';
import type { Deficit } from './deficits.ts';
import { withinCaps } from './within-caps.ts';

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
  // A dry run charges nothing, so it has to remember what earlier requests would have used up.
  const room = new Map<string, bigint>();
  const all: ChargedProven = { adjustments: [], overCap: [], homeless: [] };
  for (let from = 0; from < given.rows.length; from += REQUESTS_AT_ONCE) {
    const ids = given.rows.slice(from, from + REQUESTS_AT_ONCE).map(({ id }) => id);
    const { adjustments, overCap, homeless } = dryRun
      ? await wouldCharge(client, ids, periods, room)
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
  room: Map<string, bigint>,
): Promise<ChargedProven> {
  const { deficits, homeless } = await findDeficits(client, ids, periods, KEPT_AND_GIVEN);
  await addRoom(client, room, deficits);
  const { bearable, overCap } = withinCaps(deficits, room);
  const adjustments = bearable.map(({ requestId, ...move }) => ({
    requestId,
    accounts: [move],
    cause: 'receipts' as const,
  }));
  return { adjustments, overCap, homeless };
}

/** What accounts that are charged for the first time have left. Read without locks: routers go on meanwhile. */
async function addRoom(
  client: PoolClient,
  room: Map<string, bigint>,
  deficits: readonly Deficit[],
): Promise<void> {
  const ids = [...new Set(deficits.map(({ accountId }) => accountId))].filter((id) => !room.has(id));
  const found = await client.query<{ id: string; left: bigint }>(
    `SELECT id, cap_rho_pico - spent_rho_pico - reserved_rho_pico AS left FROM account WHERE id = ANY($1::uuid[])`,
    [ids],
  );
  for (const { id, left } of found.rows) room.set(id, left);
}
