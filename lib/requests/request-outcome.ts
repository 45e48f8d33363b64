import type { RequestState } from './request-states.ts';

/** How a request stands, told apart by whether it costs anything: what is said about its charge depends on both. */
export type RequestOutcome =
  | 'answered'
  | 'answered_free'
  | 'reserved'
  | 'reserved_free'
  | 'failed'
  | 'failed_free'
  | 'refused';

export type ChargedRow = { state: RequestState; rhoPico: bigint; chargedRhoPico: bigint };

export function outcomeOf({ state, rhoPico, chargedRhoPico }: ChargedRow): RequestOutcome {
  if (state === 'refused') return 'refused';
  const costs = (state === 'reserved' ? rhoPico : chargedRhoPico) > 0n;
  return costs ? state : `${state}_free`;
}
