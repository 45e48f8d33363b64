import type { Lane } from './lane.ts';

/**
 * The lane that is at most of a move's accounts, or the one with the least to do. Two lanes that have one account would
 * wait for each other's commit, row by row; in one lane they commit together. No hash of a request's accounts does that:
 * two requests share a hospital's dataset and differ in the rest.
 */
export function chooseLane(lanes: readonly Lane[], accountIds: readonly string[]): Lane {
  const [first, ...others] = lanes.map((lane) => ({ lane, shared: lane.sharedWith(accountIds) }));
  if (!first) throw new Error('a ledger needs a lane');
  const isBetter = (a: typeof first, b: typeof first) =>
    a.shared === b.shared ? a.lane.load < b.lane.load : a.shared > b.shared;
  return others.reduce((best, one) => (isBetter(one, best) ? one : best), first).lane;
}
