import type { Pool, PoolClient } from '#lib/db/pool';
import { commitMoves, makeMoves, resultOf } from './group-commit/commit-moves.ts';
import type { AskedRequest } from './insert-request.ts';

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
  return resultOf(await commitMoves(pool, () => [{ kind: 'reserve', reservation }])) as ReserveOutcome;
}

/**
 * The same in the caller's transaction, so that many can commit together. A refusal leaves nothing behind in it.
 * @param at when it was asked; null is now.
 */
export async function reserveIn(
  client: PoolClient,
  reservation: Reservation,
  at: Date | null = null,
): Promise<ReserveOutcome> {
  return resultOf(await makeMoves(client, [{ kind: 'reserve', reservation }], at)) as ReserveOutcome;
}
