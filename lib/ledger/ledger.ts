import type { Pool } from '#lib/db/pool';
import { release } from './release.ts';
import { type Reservation, type ReserveOutcome, reserve } from './reserve.ts';
import { type Settled, type Settlement, settle } from './settle.ts';

/**
 * The moves of the debit path. However they are committed, one by one or many together, each keeps its own meaning:
 * `reserve` throws ExhaustedError when an account cannot bear it, `settle` ConflictError when the reservation is closed
 * already, and all of them UnknownCommitError when what was committed is not known (treat as charged, release nothing).
 */
export interface Ledger {
  reserve(reservation: Reservation): Promise<ReserveOutcome>;
  settle(settlement: Settlement): Promise<Settled>;
  /** Only for a request whose header has reached no node. Does nothing when the reservation is closed already. */
  release(requestId: string, code: string, message: string): Promise<void>;
  /** Resolves once everything that was given is committed or refused; takes nothing more. */
  close(): Promise<void>;
}

/** One transaction a move: what group commit is measured against, and what it must not differ from. */
export function perRequestLedger(pool: Pool): Ledger {
  return {
    reserve: (reservation) => reserve(pool, reservation),
    settle: (settlement) => settle(pool, settlement),
    release: (requestId, code, message) => release(pool, requestId, code, message),
    close: async () => {},
  };
}
