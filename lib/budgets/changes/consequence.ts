import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import { formatRho, parseRho } from '#lib/privacy/pico-rho';
import { mostUnderCap } from '../most-of-period.ts';

/** How a holder's budgets stand, as exact decimal rho, so that it may be sent to a browser. */
export type HolderStanding = {
  delta: string;
  /** Null where no account is open for the period yet. */
  capRho: string | null;
  spentRho: string;
  reservedRho: string;
  /** Spent in all periods together. */
  lifetimeSpentRho: string;
  /** The most that the other periods can come to: what is over as it was spent, what runs or is to come with its cap. */
  othersWorstRho: string;
};

/** What a cap means, in the numbers that a decision rests on. */
export type Consequence = {
  toRho: string;
  toEpsilon: number;
  fromEpsilon: number | null;
  change: 'opens' | 'raises' | 'lowers' | 'keeps';
  /** Less than what is spent and reserved: it is refused, never clamped. */
  belowUsed: boolean;
  usedRho: string;
  usedEpsilon: number;
  /** An odometer. */
  lifetimeSpentEpsilon: number;
  /** A bound: with all of this period's cap spent. Rho adds up over periods, epsilon does not. */
  lifetimeWorstEpsilon: number;
  /** The same bound as it is now; of the other periods alone where this one is not open yet. */
  lifetimeFromEpsilon: number;
};

/** Pure arithmetic at the account's own delta: the form shows it while somebody types, and the decision page the same. */
export function consequenceOf(standing: HolderStanding, toRhoPico: bigint): Consequence {
  const delta = Number(standing.delta);
  const epsilon = (rhoPico: bigint) => epsilonFromRho(rhoPico, delta);
  const from = standing.capRho === null ? null : parseRho(standing.capRho);
  const amounts = {
    spentRhoPico: parseRho(standing.spentRho),
    reservedRhoPico: parseRho(standing.reservedRho),
  };
  const used = amounts.spentRhoPico + amounts.reservedRhoPico;
  const together = (capRhoPico: bigint) =>
    epsilon(parseRho(standing.othersWorstRho) + mostUnderCap(amounts, capRhoPico));
  return {
    toRho: formatRho(toRhoPico),
    toEpsilon: epsilon(toRhoPico),
    fromEpsilon: from === null ? null : epsilon(from),
    change: from === null ? 'opens' : toRhoPico > from ? 'raises' : toRhoPico < from ? 'lowers' : 'keeps',
    belowUsed: toRhoPico < used,
    usedRho: formatRho(used),
    usedEpsilon: epsilon(used),
    lifetimeSpentEpsilon: epsilon(parseRho(standing.lifetimeSpentRho)),
    lifetimeWorstEpsilon: together(toRhoPico),
    lifetimeFromEpsilon: together(from ?? 0n),
  };
}
