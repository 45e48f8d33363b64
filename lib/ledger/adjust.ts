import { randomUUID } from 'node:crypto';
import { newLeaf } from '#lib/audit-log/append-leaf';
import type { PoolClient } from '#lib/db/pool';
import { together } from '#lib/db/together';
import { lockAccounts, remainingRhoPico } from './accounts.ts';
import { leafTimeMs } from './leaf-time.ts';

/** A charge that is proved and was not made: `rhoPico` is above 0, never a refund. */
export type Adjustment = {
  requestId: string;
  accounts: readonly { accountId: string; rhoPico: bigint }[];
  cause: 'receipts';
};

/** The account does not exist, or its cap cannot hold a charge that happened. Nothing was written: it is for people to decide. */
export class CannotBearError extends Error {
  override readonly name = 'CannotBearError';
  readonly accountIds: readonly string[];
  constructor(accountIds: readonly string[]) {
    super(`a charge that is proved does not fit the cap of ${accountIds.join(', ')}`);
    this.accountIds = accountIds;
  }
}

/**
 * Charges what is proved, in the caller's transaction: one leaf a request, one update an account. It asks for no
 * reservation and no open account: it has happened. Whether it was entered before is the caller's to know.
 * @throws CannotBearError before anything is written.
 */
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
        atMs: leafTimeMs(at),
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
  const standing = new Map(
    (await lockAccounts(client, [...byAccount.keys()])).map((account) => [account.id, account]),
  );
  const short = [...byAccount.keys()].filter((id, i) => {
    const account = standing.get(id);
    return !account || remainingRhoPico(account) < sums[i]!;
  });
  if (short.length > 0) throw new CannotBearError(short);
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
