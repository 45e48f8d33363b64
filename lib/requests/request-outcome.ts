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

type Row = { state: RequestState; rhoPico: bigint; chargedRhoPico: bigint };

export function outcomeOf({ state, rhoPico, chargedRhoPico }: Row): RequestOutcome {
  if (state === 'refused') return 'refused';
  const costs = (state === 'reserved' ? rhoPico : chargedRhoPico) > 0n;
  return costs ? state : `${state}_free`;
}

/**
 * The epsilon that bounds what the request let go or still may let go (at the request's delta); null where nothing
 * private was asked, and so nothing was let go.
 */
export function boundOf(row: Row & { epsilon: { toNumber(): number } | null }): number | null {
  const outcome = outcomeOf(row);
  return outcome === 'answered' || outcome === 'reserved' || outcome === 'failed'
    ? (row.epsilon?.toNumber() ?? null)
    : null;
}
