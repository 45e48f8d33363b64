import type { Pool, PoolClient } from '#lib/db/pool';
import { commitMoves, makeMoves, resultOf } from './group-commit/commit-moves.ts';

/**
 * Gives a whole reservation back. Only for a request whose header has reached no node: after that, what was let go
 * is unknown and the reservation is charged (settle.ts). Does nothing when the reservation is already closed.
 */
export async function release(pool: Pool, requestId: string, code: string, message: string): Promise<void> {
  resultOf(await commitMoves(pool, () => [{ kind: 'release', requestId, code, message }]));
}

/**
 * The same in the caller's transaction, so that many can commit together.
 * @param at when it was given back; null is now.
 */
export async function releaseIn(
  client: PoolClient,
  requestId: string,
  code: string,
  message: string,
  at: Date | null = null,
): Promise<void> {
  resultOf(await makeMoves(client, [{ kind: 'release', requestId, code, message }], at));
}
