import type { Pool } from '#lib/db/pool';
import { ConflictError } from '#lib/errors';
import { settle } from './settle.ts';

export const ABANDONED_MESSAGE =
  'The router stopped before the answer was settled. The request was charged in full.';

/**
 * Charges reservations that outlived their request: those past their time, and those that a former process of this
 * replica left behind. Never refunds: what the nodes let go is unknown. Returns how many were charged.
 * @param replica at start-up, the replica whose former life is over; null for the periodic sweep.
 */
export async function chargeAbandoned(pool: Pool, replica: string | null): Promise<number> {
  const left = await pool.query<{ id: string }>(
    `SELECT id FROM request WHERE state = 'reserved' AND (reserved_until < now() OR replica = $1)
     ORDER BY reserved_until, id LIMIT 1000`,
    [replica],
  );
  let charged = 0;
  for (const { id } of left.rows) {
    try {
      await settle(pool, {
        requestId: id,
        outcome: 'failed',
        code: 'round_failed',
        message: ABANDONED_MESSAGE,
        chargeRhoPico: null,
        receipts: [],
        stagesMs: {},
        sealReply: null,
      });
      charged++;
    } catch (error) {
      // Another replica, or the request itself, was faster: it is closed either way.
      if (!(error instanceof ConflictError)) throw error;
    }
  }
  return charged;
}
