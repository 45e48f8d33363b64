const DAY_MS = 24 * 60 * 60 * 1000;

/** The UTC day that `now` is in. Accounts run by UTC. */
export function startOfUtcDay(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
}

/** Days until the period ends with the year, the running one among them. */
export function daysLeftInPeriod(now: Date): number {
  return Math.round((Date.UTC(now.getUTCFullYear() + 1, 0, 1) - startOfUtcDay(now).getTime()) / DAY_MS);
}

/**
 * The even pace for today: what was left of the cap when the day began, divided by the days left. A day over it leaves
 * the later ones less; a quiet one leaves them more.
 */
export function evenPaceRhoPico(
  account: { capRhoPico: bigint; spentRhoPico: bigint },
  spentTodayRhoPico: bigint,
  now: Date,
): bigint {
  const left = account.capRhoPico - (account.spentRhoPico - spentTodayRhoPico);
  return left > 0n ? left / BigInt(daysLeftInPeriod(now)) : 0n;
}
