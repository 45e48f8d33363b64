import { randomUUID } from 'node:crypto';
import { appendLeaf } from '#lib/audit-log/append-leaf';
import type { AuditEvent } from '#lib/audit-log/events';
import type { PoolClient } from '#lib/db/pool';
import { together } from '#lib/db/together';
import { lockAccounts, remainingRhoPico } from './accounts.ts';

/** What receipts prove was let go and the ledger does not show. */
export type Adjustment = {
  requestId: string;
  accountIds: readonly string[];
  /** Charged to every account: never divided, and never a refund. */
  rhoPico: bigint;
  cause: Extract<AuditEvent, { type: 'ledger.adjust' }>['cause'];
};

/** The account does not exist, or its cap cannot hold a charge that happened. Nothing was written: it is for people to decide. */
export class CannotBearError extends Error {
  override readonly name = 'CannotBearError';
  readonly accountIds: readonly string[];
  constructor(accountIds: readonly string[], rhoPico: bigint) {
    super(`a charge of ${rhoPico} pico-rho that was proved does not fit the cap of ${accountIds.join(', ')}`);
    this.accountIds = accountIds;
  }
}

/**
 * Charges what was spent without the ledger's knowledge, in the caller's transaction. It asks for no reservation and
 * no open account: it has happened. Whether it was entered before is the caller's to know.
 * @param at when it was entered; null is now.
 * @throws CannotBearError before anything is written.
 */
export async function adjustIn(
  client: PoolClient,
  { requestId, accountIds, rhoPico, cause }: Adjustment,
  at: Date | null = null,
): Promise<void> {
  if (rhoPico <= 0n || new Set(accountIds).size !== accountIds.length)
    throw new RangeError('an adjustment is a charge, once to each account');
  if (accountIds.length === 0) return;
  const accounts = new Map((await lockAccounts(client, accountIds)).map((account) => [account.id, account]));
  const short = accountIds.filter((id) => {
    const account = accounts.get(id);
    return !account || remainingRhoPico(account) < rhoPico;
  });
  if (short.length > 0) throw new CannotBearError(short, rhoPico);
  const movements = accountIds.map((accountId) => ({ accountId, rhoPico: String(rhoPico) }));
  const atMs = at?.getTime() ?? Date.now();
  await together(client, () => [
    client.query('UPDATE account SET spent_rho_pico = spent_rho_pico + $2 WHERE id = ANY($1::uuid[])', [
      accountIds,
      rhoPico,
    ]),
    insertEntries(client, { requestId, accountIds, rhoPico, cause }, at),
    appendLeaf(
      client,
      { v: 1, atMs, type: 'ledger.adjust', requestId, cause, accounts: movements },
      requestId,
      at,
    ),
  ]);
}

/** The request's own row may be lost: what the charge was for is known by its cause alone. */
async function insertEntries(client: PoolClient, adjustment: Adjustment, at: Date | null): Promise<void> {
  const { requestId, accountIds, rhoPico, cause } = adjustment;
  await client.query(
    `INSERT INTO ledger_entry (id, request_id, account_id, kind, spent_delta_pico, reserved_delta_pico, mechanism, parameters, created_at)
     SELECT given.id, $3, given.account_id, 'adjust', $4, 0, 'adjust', $5, coalesce($6, now())
     FROM unnest($1::uuid[], $2::uuid[]) AS given(id, account_id)`,
    [accountIds.map(() => randomUUID()), accountIds, requestId, rhoPico, JSON.stringify({ cause }), at],
  );
}
