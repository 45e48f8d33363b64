import { randomUUID } from 'node:crypto';
import { appendLeaf } from '#lib/audit-log/append-leaf';
import type { AuditEvent } from '#lib/audit-log/events';
import type { Pool, PoolClient } from '#lib/db/pool';
import { prepared } from '#lib/db/prepared';
import { together } from '#lib/db/together';
import { transaction } from '#lib/db/transaction';
import { ExhaustedError } from '#lib/errors';
import { formatRho } from '#lib/privacy/pico-rho';
import { type Account, lockAccounts, remainingRhoPico } from './accounts.ts';
import { type AskedRequest, insertRequest, type RequestRow } from './insert-request.ts';

/** What is debited, and what a report needs to recompute the charge. */
export type Reservation = AskedRequest & {
  requestId: string;
  /** The random name the audit log knows the caller by. */
  pseudonym: string;
  epsilon: number | null;
  delta: string | null;
  /** Charged in full to every account: never divided. */
  rhoPico: bigint;
  nodes: number;
  shards: number;
  parameters: Record<string, unknown>;
  /** Empty for requests that touch no private record. */
  accountIds: readonly string[];
  /** After this the reaper charges it; by the database's clock. */
  reservedForMs: number;
};

export type ReserveOutcome = 'reserved' | 'exists';

/**
 * Sets the full rho aside on every account, in one transaction, before any node is asked. `exists` means the
 * idempotency key was used before: nothing changed, see replay.ts. Throws ExhaustedError when an account cannot
 * bear it (nothing changed) and UnknownCommitError when the outcome is not known (treat as charged).
 */
export async function reserve(pool: Pool, reservation: Reservation): Promise<ReserveOutcome> {
  return transaction(pool, (client) => reserveIn(prepared(client), reservation));
}

/**
 * The same in the caller's transaction, so that many can commit together. After a throw that transaction has to be
 * rolled back, or to a savepoint before this call: some accounts may carry the debit already.
 * @param at when it was asked; null is now.
 */
export async function reserveIn(
  client: PoolClient,
  reservation: Reservation,
  at: Date | null = null,
): Promise<ReserveOutcome> {
  const touches = reservation.accountIds.length > 0;
  const [isNew, accounts] = await together(client, () => [
    insertRequest(client, rowOf(reservation), at),
    touches ? lockAccounts(client, reservation.accountIds) : [],
  ]);
  if (!isNew) return 'exists';
  const [debited] = await together(client, () => [
    touches ? debit(client, reservation) : 0,
    touches ? insertEntries(client, reservation, at) : null,
    appendLeaf(client, leafOf(reservation, at), reservation.requestId, at),
  ]);
  if (debited !== reservation.accountIds.length) throw exhausted(accounts, reservation);
  return 'reserved';
}

function leafOf(r: Reservation, at: Date | null): AuditEvent {
  return {
    v: 1,
    atMs: at?.getTime() ?? Date.now(),
    type: 'ledger.reserve',
    requestId: r.requestId,
    principal: r.pseudonym,
    mechanism: r.mechanism,
    parameters: r.parameters,
    accounts: r.accountIds.map((accountId) => ({ accountId, rhoPico: String(r.rhoPico) })),
  };
}

function rowOf({ requestId, pseudonym, accountIds, ...asked }: Reservation): RequestRow {
  return { ...asked, id: requestId, state: 'reserved', errorCode: null, errorMessage: null };
}

/** Returns how many accounts bore it: fewer than all refuses the request. */
async function debit(client: PoolClient, r: Reservation): Promise<number> {
  const updated = await client.query(
    `UPDATE account SET reserved_rho_pico = reserved_rho_pico + $2
     WHERE id = ANY($1::uuid[]) AND state = 'open' AND spent_rho_pico + reserved_rho_pico + $2 <= cap_rho_pico`,
    [r.accountIds, r.rhoPico],
  );
  return updated.rowCount ?? 0;
}

async function insertEntries(client: PoolClient, r: Reservation, at: Date | null): Promise<void> {
  await client.query(
    `INSERT INTO ledger_entry (id, request_id, account_id, kind, spent_delta_pico, reserved_delta_pico, mechanism, parameters, created_at)
     SELECT given.id, $3, given.account_id, 'reserve', 0, $4, $5, $6, coalesce($7, now())
     FROM unnest($1::uuid[], $2::uuid[]) AS given(id, account_id)`,
    [
      r.accountIds.map(() => randomUUID()),
      r.accountIds,
      r.requestId,
      r.rhoPico,
      r.mechanism,
      JSON.stringify(r.parameters),
      at,
    ],
  );
}

/** Names and measures the account that is short, unless it is a dataset: how those stand is their hospital's to know. */
function exhausted(accounts: readonly Account[], r: Reservation): ExhaustedError {
  const code = 'privacy_budget_exhausted';
  const required = formatRho(r.rhoPico);
  const short = accounts.find((account) => account.state !== 'open' || remainingRhoPico(account) < r.rhoPico);
  if (!short || short.kind === 'dataset') {
    const message = `A hospital's dataset budget cannot bear the rho ${required} of this request. Nothing was charged.`;
    return new ExhaustedError(message, {
      code,
      extra: { account: { kind: 'dataset' }, required, charged: false },
    });
  }
  const { kind, name, period, state } = short;
  const remaining = formatRho(remainingRhoPico(short));
  const why = state === 'open' ? `has rho ${remaining} left` : `is ${state}`;
  return new ExhaustedError(
    `The ${kind} budget "${name}" ${why} and this request needs rho ${required}. Nothing was charged.`,
    { code, extra: { account: { kind, name, period, state }, remaining, required, charged: false } },
  );
}
