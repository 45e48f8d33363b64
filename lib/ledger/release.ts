import { appendLeaf } from '#lib/audit-log/append-leaf';
import type { Pool } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import { closeReservation } from './close-reservation.ts';

/**
 * Gives a whole reservation back. Only for a request whose header has reached no node: after that, what was let go
 * is unknown and the reservation is charged (settle.ts). Does nothing when the reservation is already closed.
 */
export async function release(pool: Pool, requestId: string, code: string, message: string): Promise<void> {
  await transaction(pool, async (client) => {
    const moved = await client.query(
      `UPDATE request SET state = 'failed', error_code = $2, error_message = $3, settled_at = now(), charged_rho_pico = 0
       WHERE id = $1 AND state = 'reserved'`,
      [requestId, code, message],
    );
    if (moved.rowCount !== 1) return;
    const closings = await closeReservation(client, requestId, 0n);
    const accounts = closings.map(({ accountId, releasedRhoPico }) => ({
      accountId,
      rhoPico: String(releasedRhoPico),
    }));
    await appendLeaf(
      client,
      { v: 1, atMs: Date.now(), type: 'ledger.release', requestId, code, accounts },
      requestId,
    );
  });
}
