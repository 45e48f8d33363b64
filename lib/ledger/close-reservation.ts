import { randomUUID } from 'node:crypto';
import type { PoolClient } from '#lib/db/pool';
import { type Account, type AccountKind, lockAccounts, remainingRhoPico } from './accounts.ts';

type ReservedEntry = {
  account_id: string;
  reserved_delta_pico: bigint;
  mechanism: string;
  parameters: unknown;
};

/** What left `reserved` on one account: `chargedRhoPico` to spent, the rest back to the budget. */
export type Closing = {
  accountId: string;
  kind: AccountKind;
  chargedRhoPico: bigint;
  releasedRhoPico: bigint;
  /** What the account has left afterwards. */
  remainingRhoPico: bigint;
};

/**
 * Turns a request's reservation into a charge (and a release of what was not drawn) on every account it stands on.
 * The caller has already moved the request out of the state `reserved`, so this happens once.
 * @param chargeRhoPico null charges the full reservation.
 * @param at when it was closed; null is now, by the database's clock.
 */
export async function closeReservation(
  client: PoolClient,
  requestId: string,
  chargeRhoPico: bigint | null,
  at: Date | null = null,
): Promise<Closing[]> {
  const reserved = await client.query<ReservedEntry>(
    `SELECT account_id, reserved_delta_pico, mechanism, parameters FROM ledger_entry
     WHERE request_id = $1 AND kind = 'reserve' ORDER BY account_id`,
    [requestId],
  );
  if (reserved.rows.length === 0) return [];
  const accounts = await lockAccounts(
    client,
    reserved.rows.map((row) => row.account_id),
  );
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const closings = reserved.rows.map((row) => closingOf(row, byId.get(row.account_id), chargeRhoPico));
  await client.query(
    `UPDATE account SET spent_rho_pico = spent_rho_pico + given.charged,
       reserved_rho_pico = reserved_rho_pico - given.charged - given.released
     FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS given(id, charged, released) WHERE account.id = given.id`,
    [
      closings.map((closing) => closing.accountId),
      closings.map((closing) => closing.chargedRhoPico),
      closings.map((closing) => closing.releasedRhoPico),
    ],
  );
  const { mechanism, parameters } = reserved.rows[0]!;
  const entries = closings.flatMap(({ accountId, chargedRhoPico, releasedRhoPico }) => [
    ...(chargedRhoPico > 0n
      ? [{ accountId, kind: 'settle', spent: chargedRhoPico, reserved: -chargedRhoPico }]
      : []),
    ...(releasedRhoPico > 0n ? [{ accountId, kind: 'release', spent: 0n, reserved: -releasedRhoPico }] : []),
  ]);
  await client.query(
    `INSERT INTO ledger_entry (id, request_id, account_id, kind, spent_delta_pico, reserved_delta_pico, mechanism, parameters, created_at)
     SELECT given.id, $6, given.account_id, given.kind::entry_kind, given.spent, given.reserved, $7, $8, coalesce($9, now())
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[]) AS given(id, account_id, kind, spent, reserved)`,
    [
      entries.map(() => randomUUID()),
      entries.map((entry) => entry.accountId),
      entries.map((entry) => entry.kind),
      entries.map((entry) => entry.spent),
      entries.map((entry) => entry.reserved),
      requestId,
      mechanism,
      JSON.stringify(parameters),
      at,
    ],
  );
  return closings;
}

function closingOf(row: ReservedEntry, account: Account | undefined, chargeRhoPico: bigint | null): Closing {
  if (!account) throw new Error(`account ${row.account_id} has entries and no row`);
  const chargedRhoPico = chargeRhoPico ?? row.reserved_delta_pico;
  if (chargedRhoPico < 0n || chargedRhoPico > row.reserved_delta_pico) {
    throw new RangeError(
      `a charge of ${chargedRhoPico} does not fit a reservation of ${row.reserved_delta_pico} pico-rho`,
    );
  }
  const releasedRhoPico = row.reserved_delta_pico - chargedRhoPico;
  return {
    accountId: account.id,
    kind: account.kind,
    chargedRhoPico,
    releasedRhoPico,
    remainingRhoPico: remainingRhoPico(account) + releasedRhoPico,
  };
}
