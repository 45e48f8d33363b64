import type { Reservation, ReserveOutcome } from '../reserve.ts';
import type { Settled, Settlement } from '../settle.ts';

/** One thing that a ledger is asked to do. */
export type Move =
  | { kind: 'reserve'; reservation: Reservation }
  | { kind: 'settle'; settlement: Settlement }
  | { kind: 'release'; requestId: string; code: string; message: string };

export type Result = ReserveOutcome | Settled | undefined;

/** How one move of a batch ended. One that failed left nothing behind; the others of its batch stand. */
export type Outcome = { ok: true; result: Result } | { ok: false; error: unknown };

export function requestIdOf(move: Move): string {
  if (move.kind === 'reserve') return move.reservation.requestId;
  return move.kind === 'settle' ? move.settlement.requestId : move.requestId;
}
