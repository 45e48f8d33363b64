/**
 * When a leaf of the ledger says that it was, in whole seconds. Leaves are public, and the time from a reservation to
 * its charge is how long the hospitals took over private data: to the millisecond it would tell of that data.
 */
export function leafTimeMs(at: Date | null): number {
  return Math.floor((at?.getTime() ?? Date.now()) / 1000) * 1000;
}
