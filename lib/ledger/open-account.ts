import { randomUUID } from 'node:crypto';
import { appendLeaf } from '#lib/audit-log/append-leaf';
import type { AuditEvent } from '#lib/audit-log/events';
import type { PoolClient } from '#lib/db/pool';
import type { AccountKind } from './accounts.ts';

export type NewAccount = {
  kind: AccountKind;
  ownerId: string;
  organisationId: string;
  name: string;
  period: string;
  capRhoPico: bigint;
  delta: string;
};

/**
 * Opens an account for one period, with its leaf, in the caller's transaction. Does nothing when it is already open.
 * @param at when it opened; null is now.
 */
export async function openAccount(
  client: PoolClient,
  account: NewAccount,
  at: Date | null = null,
): Promise<void> {
  const id = randomUUID();
  const inserted = await client.query(
    `INSERT INTO account (id, kind, owner_id, organisation_id, name, period, cap_rho_pico, delta, created_at)
     VALUES ($1, $2::account_kind, $3, $4, $5, $6, $7, $8, coalesce($9, now())) ON CONFLICT (kind, owner_id, period) DO NOTHING`,
    [
      id,
      account.kind,
      account.ownerId,
      account.organisationId,
      account.name,
      account.period,
      account.capRhoPico,
      account.delta,
      at,
    ],
  );
  if (inserted.rowCount === 0) return;
  await appendLeaf(client, accountOpened(id, account, at), id, at);
}

/** What the log says of a new account; `at` is when, now unless given. */
export function accountOpened(accountId: string, account: NewAccount, at: Date | null = null): AuditEvent {
  const { kind, delta, period } = account;
  const capRhoPico = String(account.capRhoPico);
  const atMs = at?.getTime() ?? Date.now();
  return { v: 1, atMs, type: 'account.open', accountId, kind, capRhoPico, delta, period };
}
