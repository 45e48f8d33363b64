import type { Adjacency, PrivacyEvent } from './events.ts';
import { gaussianEpsilon } from './gaussian.ts';
import { gaussianMultiplier } from './pld/event-pair.ts';
import { pldEpsilon } from './pld/pld.ts';
import { composeRdp, epsilonFromRdp, readsForItself } from './rdp/rdp.ts';
import { zcdpEpsilon } from './zcdp-events.ts';

/** A composition, and the delta at which its epsilon is wanted. */
export type AccountingCase = {
  id: string;
  adjacency: Adjacency;
  delta: number;
  events: readonly PrivacyEvent[];
  /** Renyi orders to use instead of the usual ones. */
  orders?: readonly number[] | undefined;
};

/** Epsilon by each accountant; null where one does not apply, or proves nothing finite. */
export type AccountedCase = {
  id: string;
  zcdp: number | null;
  rdp: number | null;
  pld: number | null;
  exact: number | null;
};

/**
 * Epsilon of a composition by every accountant that applies. `exact` is for Gaussians alone. A Gaussian's noise
 * multiplier is over one record's norm, and every accountant doubles the sensitivity where a record is replaced, but for
 * one: of Gaussians alone, RDP takes it over the sensitivity in use, as the reference's accountant does. That figure is
 * below what the others' reading of the same events reveals (see `readsMultiplierTwoWays`).
 * @throws RangeError when delta is not inside (0, 1), or an order is not above 1 and at most 10,000.
 */
export function accountCase({ id, adjacency, delta, events, orders }: AccountingCase): AccountedCase {
  const curve = composeRdp(events, adjacency, orders);
  return {
    id,
    zcdp: zcdpEpsilon(events, delta, adjacency),
    rdp: curve && finite(epsilonFromRdp(curve, delta).epsilon),
    pld: finite(pldEpsilon(events, delta, adjacency)),
    exact: exactEpsilon(events, delta, adjacency),
  };
}

/** Whether the case's RDP figure speaks of another sensitivity than the rest, so that a reader has to be told. */
export function readsMultiplierTwoWays({ events, adjacency }: AccountingCase): boolean {
  return adjacency === 'replace_one' && readsForItself(events);
}

function exactEpsilon(events: readonly PrivacyEvent[], delta: number, adjacency: Adjacency): number | null {
  let squares = 0;
  for (const event of events) {
    if (event.type !== 'gaussian') return null;
    squares += event.count / gaussianMultiplier(event.noise_multiplier, adjacency) ** 2;
  }
  return squares === 0 ? null : gaussianEpsilon(Math.sqrt(squares), delta);
}

function finite(epsilon: number | null): number | null {
  return epsilon !== null && Number.isFinite(epsilon) ? epsilon : null;
}
