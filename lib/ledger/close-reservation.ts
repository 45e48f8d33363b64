import { randomUUID } from 'node:crypto';
import type { PoolClient } from '#lib/db/pool';
import type { AccountKind } from './accounts.ts';

/** What a request set aside on one account, and what the account has left; the account is locked. */
export type Reserved = {
  accountId: string;
  kind: AccountKind;
  reservedRhoPico: bigint;
  remainingRhoPico: bigint;
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
 * Locks the accounts that a request's reservation stands on, in id order (any other order deadlocks), and returns what
 * stands there. The caller has moved the request out of the state `reserved` before, so this leads to a closing once.
 */
export async function lockReserved(client: PoolClient, requestId: string): Promise<Reserved[]> {
  const reserved = await client.query<Reserved>(
    `SELECT a.id AS "accountId", a.kind::text AS kind, e.reserved_delta_pico AS "reservedRhoPico", e.mechanism, e.parameters,
       a.cap_rho_pico - a.spent_rho_pico - a.reserved_rho_pico AS "remainingRhoPico"
     FROM ledger_entry e JOIN account a ON a.id = e.account_id
     WHERE e.request_id = $1 AND e.kind = 'reserve' ORDER BY a.id FOR UPDATE OF a`,
    [requestId],
  );
  return reserved.rows;
}

/**
 * How a reservation becomes a charge, and a release of what was not drawn, on every account it stands on.
 * @param chargeRhoPico null charges the full reservation. @throws RangeError when it does not fit the reservation.
 */
export function closingsOf(reserved: readonly Reserved[], chargeRhoPico: bigint | null): Closing[] {
  return reserved.map(({ accountId, kind, reservedRhoPico, remainingRhoPico }) => {
    const chargedRhoPico = chargeRhoPico ?? reservedRhoPico;
    if (chargedRhoPico < 0n || chargedRhoPico > reservedRhoPico) {
      throw new RangeError(
        `a charge of ${chargedRhoPico} does not fit a reservation of ${reservedRhoPico} pico-rho`,
      );
    }
    const releasedRhoPico = reservedRhoPico - chargedRhoPico;
    return {
      accountId,
      kind,
      chargedRhoPico,
      releasedRhoPico,
      remainingRhoPico: remainingRhoPico + releasedRhoPico,
    };
  });
}

/** Moves the balances of the locked accounts. Sent with the entries that say so, by writeClosingEntries. */
export async function moveBalances(client: PoolClient, closings: readonly Closing[]): Promise<void> {
  if (closings.length === 0) return;
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
}

/** @param at when it was closed; null is now, by the database's clock. */
export async function writeClosingEntries(
  client: PoolClient,
  requestId: string,
  reserved: readonly Reserved[],
  closings: readonly Closing[],
  at: Date | null,
): Promise<void> {
  const [first] = reserved;
  if (!first) return;
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
      first.mechanism,
      JSON.stringify(first.parameters),
      at,
    ],
  );
}
