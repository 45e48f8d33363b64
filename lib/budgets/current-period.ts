/** Accounts run for a calendar year, by UTC. */
export function currentPeriod(now: Date): string {
  return String(now.getUTCFullYear());
}
