import type { Pool } from '#lib/db/pool';
import { ConflictError } from '#lib/errors';
import { type Ledger, perRequestLedger } from './ledger.ts';

const ABANDONED = 'The router stopped before the answer was settled.';
const AT_ONCE = 1000;

/**
 * Charges reservations that outlived their request: those past their time, and those that a former process of this
 * replica left behind. Never refunds: what the nodes let go is unknown. Returns how many were charged.
 * @param replica at start-up, the replica whose former life is over; null for the periodic sweep.
 */
export async function chargeAbandoned(
  pool: Pool,
  replica: string | null,
  ledger: Pick<Ledger, 'settle'> = perRequestLedger(pool),
): Promise<number> {
  const left = await pool.query<{ id: string; rho_pico: bigint }>(
    `SELECT id, rho_pico FROM request WHERE state = 'reserved' AND (reserved_until < now() OR replica = $1)
     ORDER BY reserved_until, id LIMIT $2`,
    [replica, AT_ONCE],
  );
  const settled = await Promise.allSettled(
    left.rows.map(({ id, rho_pico: rhoPico }) =>
      ledger.settle({
        requestId: id,
        outcome: 'failed',
        code: 'round_failed',
        message: `${ABANDONED} ${rhoPico > 0n ? 'The request was charged in full.' : 'It cost nothing.'}`,
        chargeRhoPico: null,
        receipts: [],
        stagesMs: {},
        sealReply: null,
      }),
    ),
  );
  // Another replica, or the request itself, was faster: it is closed either way. A row that fails does not keep the
  // others from being charged.
  const failures = settled.flatMap((outcome) =>
    outcome.status === 'rejected' && !(outcome.reason instanceof ConflictError) ? [outcome.reason] : [],
  );
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} reservations could not be charged`);
  return settled.filter((outcome) => outcome.status === 'fulfilled').length;
}
