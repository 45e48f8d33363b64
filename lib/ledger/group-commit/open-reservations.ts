import type { Move } from './move.ts';

/** More than a router answers at once. */
const MOST = 10_000;

/**
 * The accounts of reservations that this process made and has not closed, so that what closes one goes where its
 * accounts are. Only a hint: what is not known here is as right in any lane.
 */
export class OpenReservations {
  readonly #accountIds = new Map<string, readonly string[]>();

  accountsOf(move: Move): readonly string[] {
    if (move.kind === 'reserve') {
      const { requestId, accountIds } = move.reservation;
      this.#accountIds.set(requestId, accountIds);
      if (this.#accountIds.size > MOST) this.#forgetOldest();
      return accountIds;
    }
    const requestId = move.kind === 'settle' ? move.settlement.requestId : move.requestId;
    const accountIds = this.#accountIds.get(requestId) ?? [];
    this.#accountIds.delete(requestId);
    return accountIds;
  }

  #forgetOldest() {
    for (const requestId of this.#accountIds.keys()) {
      this.#accountIds.delete(requestId);
      return;
    }
  }
}
