import { appendLeaf } from '#lib/audit-log/append-leaf';
import type { Pool, PoolClient } from '#lib/db/pool';
import { together } from '#lib/db/together';
import { transaction } from '#lib/db/transaction';
import { closingsOf, lockReserved, moveBalances, writeClosingEntries } from './close-reservation.ts';

/**
 * Gives a whole reservation back. Only for a request whose header has reached no node: after that, what was let go
 * is unknown and the reservation is charged (settle.ts). Does nothing when the reservation is already closed.
 */
export async function release(pool: Pool, requestId: string, code: string, message: string): Promise<void> {
  await transaction(pool, (client) => releaseIn(client, requestId, code, message));
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
  const [moved, reserved] = await together(client, () => [
    client.query(
      `UPDATE request SET state = 'failed', error_code = $2, error_message = $3, settled_at = coalesce($4, now()),
         charged_rho_pico = 0
       WHERE id = $1 AND state = 'reserved'`,
      [requestId, code, message, at],
    ),
    lockReserved(client, requestId),
  ]);
  if (moved.rowCount !== 1) return;
  const closings = closingsOf(reserved, 0n);
  const accounts = closings.map(({ accountId, releasedRhoPico }) => ({
    accountId,
    rhoPico: String(releasedRhoPico),
  }));
  const atMs = at?.getTime() ?? Date.now();
  await together(client, () => [
    moveBalances(client, closings),
    writeClosingEntries(client, requestId, reserved, closings, at),
    appendLeaf(client, { v: 1, atMs, type: 'ledger.release', requestId, code, accounts }, requestId, at),
  ]);
}
