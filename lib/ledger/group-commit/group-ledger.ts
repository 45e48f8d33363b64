import type { Pool } from '#lib/db/pool';
import { UnavailableError } from '#lib/errors';
import type { Ledger } from '../ledger.ts';
import type { ReserveOutcome } from '../reserve.ts';
import type { Settled } from '../settle.ts';
import { chooseLane } from './choose-lane.ts';
import { Lane } from './lane.ts';
import type { Move, Result } from './move.ts';
import { OpenReservations } from './open-reservations.ts';

/** Transactions that one process has open at once. */
export const LANES = 4;

/**
 * The ledger of a router under load: what waits commits together, what comes alone commits at once.
 * @param pool has a connection for each lane that nobody else takes for long.
 */
export function openGroupLedger(pool: Pool, { lanes: count = LANES }: { lanes?: number } = {}): Ledger {
  const lanes = Array.from({ length: count }, () => new Lane(pool));
  const open = new OpenReservations();
  let closed = false;
  const make = async (move: Move): Promise<Result> => {
    if (closed) {
      throw new UnavailableError('The ledger is closed. Nothing was changed.', { code: 'stopping' });
    }
    const accountIds = open.accountsOf(move);
    return chooseLane(lanes, accountIds).make(move, accountIds);
  };
  return {
    reserve: async (reservation) => (await make({ kind: 'reserve', reservation })) as ReserveOutcome,
    settle: async (settlement) => (await make({ kind: 'settle', settlement })) as Settled,
    release: async (requestId, code, message) => {
      await make({ kind: 'release', requestId, code, message });
    },
    close: async () => {
      closed = true;
      await Promise.all(lanes.map((lane) => lane.idle()));
    },
  };
}
