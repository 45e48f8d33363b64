/**
 * Whether a node may be asked, by its public probes alone: no time and no failure of a private round ever comes here,
 * because both may depend on a record. A plain value and a pure step, so that every path of it can be tested.
 *
 * `closed`: it is asked. `open`: too many probes in a row got no reply. `half-open`: one did again, and a few more in a
 * row are waited for; a round would be the wrong trial, as its failure costs everyone asked the full charge.
 */
export type Breaker =
  /** `lost`: probes lost in a row. `sinceRecovery`: probes answered since it closed; SLOW_START_PROBES once that is over. */
  | { state: 'closed'; lost: number; sinceRecovery: number }
  | { state: 'open' }
  | { state: 'half-open'; answered: number };

/** A lost probe may be a network's hiccup; three in a row are 15 s of silence. */
export const LOST_TO_OPEN = 3;
/** Answers in a row that close it again. */
export const ANSWERS_TO_CLOSE = 3;
/** Probes over which a node that came back gets its whole share again. */
export const SLOW_START_PROBES = 8;

/** A node that was never lost has its whole share: a first connection is no recovery. */
export const CLOSED: Breaker = { state: 'closed', lost: 0, sinceRecovery: SLOW_START_PROBES };

export function afterProbe(breaker: Breaker, answered: boolean): Breaker {
  switch (breaker.state) {
    case 'open':
      return answered ? halfOpen(1) : breaker;
    case 'half-open':
      return answered ? halfOpen(breaker.answered + 1) : { state: 'open' };
    case 'closed': {
      if (answered) {
        const sinceRecovery = Math.min(breaker.sinceRecovery + 1, SLOW_START_PROBES);
        return { state: 'closed', lost: 0, sinceRecovery };
      }
      const lost = breaker.lost + 1;
      return lost >= LOST_TO_OPEN ? { state: 'open' } : { ...breaker, lost };
    }
  }
}

/** The share of new requests the node may be chosen for: none until it is closed, then more with each probe answered. */
export function shareOf(breaker: Breaker): number {
  if (breaker.state !== 'closed') return 0;
  return Math.min(1, (breaker.sinceRecovery + 1) / (SLOW_START_PROBES + 1));
}

function halfOpen(answered: number): Breaker {
  return answered >= ANSWERS_TO_CLOSE
    ? { state: 'closed', lost: 0, sinceRecovery: 0 }
    : { state: 'half-open', answered };
}
