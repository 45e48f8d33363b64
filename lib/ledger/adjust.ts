import { randomUUID } from 'node:crypto';
import { newLeaf } from '#lib/audit-log/append-leaf';
import type { PoolClient } from '#lib/db/pool';
import { together } from '#lib/db/together';
import { lockAccounts } from './accounts.ts';

/** A charge that is proved and was not made: `rhoPico` is above 0, never a refund. */
export type Adjustment = {
  requestId: string;
  accounts: readonly { accountId: string; rhoPico: bigint }[];
  cause: 'receipts';
};

/** Charges what is proved, in the caller's transaction. The table refuses what an account cannot bear. */
export async function adjustIn(client: PoolClient, adjustment: Adjustment, at: Date): Promise<void> {
  await adjustAllIn(client, [adjustment], at);
}

/** The same for many requests at once: one leaf each, one update an account. */
export async function adjustAllIn(
  client: PoolClient,
  adjustments: readonly Adjustment[],
  at: Date,
): Promise<void> {
  const moves = adjustments.flatMap(({ requestId, accounts }) =>
    accounts.map((move) => ({ ...move, requestId })),
  );
  if (moves.length === 0) return;
  if (moves.some(({ rhoPico }) => rhoPico <= 0n)) throw new RangeError('an adjustment is never a refund');
  const leaves = adjustments.map(({ requestId, accounts, cause }) =>
    newLeaf(
      {
        v: 1,
        atMs: at.getTime(),
        type: 'ledger.adjust',
        requestId,
        cause,
        accounts: accounts.map(({ accountId, rhoPico }) => ({ accountId, rhoPico: String(rhoPico) })),
      },
      requestId,
    ),
  );
  const byAccount = Map.groupBy(moves, (move) => move.accountId);
  const sums = [...byAccount].map(([, own]) => own.reduce((sum, { rhoPico }) => sum + rhoPico, 0n));
  await lockAccounts(client, [...byAccount.keys()]);
  await together(client, () => [
    client.query(
      `UPDATE account SET spent_rho_pico = spent_rho_pico + given.rho
       FROM unnest($1::uuid[], $2::bigint[]) AS given(id, rho) WHERE account.id = given.id`,
      [[...byAccount.keys()], sums],
    ),
    client.query(
      `INSERT INTO ledger_entry (id, request_id, account_id, kind, spent_delta_pico, reserved_delta_pico, mechanism, parameters, created_at)
       SELECT given.id, given.request_id, given.account_id, 'adjust', given.rho, 0, coalesce(request.mechanism, 'unknown'), '{}', $5
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[]) AS given(id, request_id, account_id, rho)
       LEFT JOIN request ON request.id = given.request_id`,
      [
        moves.map(() => randomUUID()),
        moves.map((move) => move.requestId),
        moves.map((move) => move.accountId),
        moves.map((move) => move.rhoPico),
        at,
      ],
    ),
    client.query(
      `INSERT INTO audit_leaf (id, leaf_hash, entry, type, subject_id, created_at)
       SELECT given.*, $6 FROM unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::text[], $5::uuid[]) AS given`,
      [
        leaves.map((leaf) => leaf.id),
        leaves.map((leaf) => leaf.leafHash),
        leaves.map((leaf) => leaf.entry),
        leaves.map((leaf) => leaf.type),
        leaves.map((leaf) => leaf.subjectId),
        at,
      ],
    ),
  ]);
}
