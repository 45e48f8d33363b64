import { groupEvents, type PrivacyEvent } from '#lib/privacy/accounting/events';
import { boundedRangeAttainedPair } from '#lib/privacy/accounting/pld/bounded-range-pair';
import { eventPair } from '#lib/privacy/accounting/pld/event-pair';
import { epsilonFromLosses } from '#lib/privacy/accounting/pld/hockey-stick';
import { composePairs, MAX_PLD_KINDS, pldEpsilon } from '#lib/privacy/accounting/pld/pld';
import { composeRdp, epsilonFromRdp } from '#lib/privacy/accounting/rdp/rdp';
import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import type { Run } from './read-runs.ts';
import { runEvents } from './run-events.ts';

/** From here on an account is charged tightly enough. */
export const TARGET_EFFICIENCY = 0.85;

/** Which accountant proves the least. `charge`: none proves less than was charged. */
export type ProvenBy = 'charge' | 'rdp' | 'pld';

/**
 * Why less than the target is proved: the loss of a few draws ends where their ranges do, which a charge in rho does not
 * see (a single vote of epsilon 0.1 proves .57); or what ran is charged for more than it can reveal.
 */
export type EfficiencyReason = 'few_draws' | 'loose_charge';

export type Efficiency = {
  /** Charges, and mechanisms they stand for (a short answer is a draw for each token). */
  charges: number;
  draws: number;
  /** Charges of which only the price is known; they are counted at it. */
  unknownCharges: number;
  chargedEpsilon: number;
  /**
   * The least epsilon that any accountant proves for what ran: a bound for prices, numbers and lengths of questions fixed
   * beforehand, whatever they asked in the light of earlier answers. An answer that ends, or a consensus that fails, by
   * what was drawn is counted as it ended; where such an end decides how much follows, delta can be up to 1.42 times the
   * one stated here. The guarantee is the filter's, over charges; this only says how tightly they fit. Counted at all
   * that was reserved instead, most accounts of early ends would prove no less than they were charged, and nothing of
   * how tightly could be read off.
   */
  provenEpsilon: number;
  /** What the worst neighbours that can exist really attain, questions chosen beforehand: no guarantee, a floor to compare with. */
  attainedEpsilon: number;
  provenBy: ProvenBy;
  /** proven / charged; null where nothing was charged. */
  efficiency: number | null;
  reason: EfficiencyReason | null;
};

/** Above this many draws, tails are no longer cut off by the ranges of single ones. */
const FEW_DRAWS = 200;

/** The best proved bound of what ran (see `provenEpsilon`), beside what was charged for it. Every change is of replace type (privacy.md section 1). */
export function measureEfficiency(runs: readonly Run[], delta: number): Efficiency {
  const all = runs.map((run) => ({ run, ...runEvents(run) }));
  const events = groupEvents(all.flatMap((one) => one.events));
  const chargedEpsilon = epsilonFromRho(
    runs.reduce((sum, run) => sum + run.chargedRhoPico * BigInt(run.count), 0n),
    delta,
  );
  const { provenEpsilon, provenBy } = leastProven(events, delta, chargedEpsilon);
  const draws = events.reduce((sum, event) => sum + event.count, 0);
  const efficiency = chargedEpsilon > 0 ? provenEpsilon / chargedEpsilon : null;
  return {
    charges: runs.reduce((sum, run) => sum + run.count, 0),
    draws,
    unknownCharges: all.reduce((sum, { run, known }) => sum + (known ? 0 : run.count), 0),
    chargedEpsilon,
    provenEpsilon,
    attainedEpsilon: Math.min(provenEpsilon, attainedEpsilon(events, delta)),
    provenBy,
    efficiency,
    reason:
      efficiency === null || efficiency >= TARGET_EFFICIENCY
        ? null
        : draws <= FEW_DRAWS
          ? 'few_draws'
          : 'loose_charge',
  };
}

function leastProven(events: readonly PrivacyEvent[], delta: number, chargedEpsilon: number) {
  let least: { provenEpsilon: number; provenBy: ProvenBy } = {
    provenEpsilon: chargedEpsilon,
    provenBy: 'charge',
  };
  const consider = (epsilon: number | null, provenBy: ProvenBy) => {
    if (epsilon !== null && epsilon < least.provenEpsilon) least = { provenEpsilon: epsilon, provenBy };
  };
  const curve = composeRdp(events, 'replace_one');
  if (curve) consider(epsilonFromRdp(curve, delta).epsilon, 'rdp');
  if (events.length > 0 && events.length <= MAX_PLD_KINDS)
    consider(pldEpsilon(events, delta, 'replace_one'), 'pld');
  return least;
}

/** Of what is known to have run; a charge of which only the price is known is taken to reveal nothing. */
function attainedEpsilon(events: readonly PrivacyEvent[], delta: number): number {
  const parts = events.slice(0, MAX_PLD_KINDS).flatMap((event) => {
    const pair =
      event.type === 'bounded_range'
        ? boundedRangeAttainedPair(event.eta)
        : eventPair(event, 'replace_one', 'remove');
    return pair ? [{ pair, count: event.count }] : [];
  });
  return parts.length === 0 ? 0 : epsilonFromLosses(composePairs(parts, delta), delta);
}
