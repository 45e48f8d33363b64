import { periodBounds } from './period-bounds.ts';

type Amounts = { spentRhoPico: bigint; reservedRhoPico: bigint };

/**
 * The most that a period of a holder can come to, which is what all lifetime bounds add up: a period that is over with
 * what was spent and is reserved in it, one that runs or is to come with its cap.
 */
export function mostOfPeriod(account: Amounts & { period: string; capRhoPico: bigint }, now: Date): bigint {
  const isOver = periodBounds(account.period).end <= now;
  return isOver ? account.spentRhoPico + account.reservedRhoPico : mostUnderCap(account, account.capRhoPico);
}

/** No cap takes back what was let go already. */
export function mostUnderCap({ spentRhoPico, reservedRhoPico }: Amounts, capRhoPico: bigint): bigint {
  const used = spentRhoPico + reservedRhoPico;
  return capRhoPico > used ? capRhoPico : used;
}
