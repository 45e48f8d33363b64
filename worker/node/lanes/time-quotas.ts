/** How often the time of a shard is looked at. */
export const POLL_MS = 10;
/**
 * A shard's own time, from its own start: more than a hundred times what it needs at its quotas, because on a busy
 * laptop a thread may wait that long for a core. Counted in looks, so that a machine that slept counts as one.
 */
export const SHARD_POLLS = 6;
export const SHARD_QUOTA_MS = POLL_MS * SHARD_POLLS;
/** For reading the question, which no record takes part in; the first one of a thread reads tables from disk. */
export const PREPARATION_POLLS = 200;
/** Ending a thread and handing its work to the one that stands by. */
const TAKEOVER_MS = 20;
/** What a round leaves for the model, the disk and the way. */
const ROUND_RESERVE_MS = 1_500;

/** Time that all shards of a lane may take together, each at its quota. */
export function laneQuotaMs(shards: number, lanes: number): number {
  return Math.ceil(shards / lanes) * (SHARD_QUOTA_MS + TAKEOVER_MS);
}

/**
 * Throws unless the sum of quotas on a lane ends before the round does: otherwise shards at their quotas would take
 * the time of others (privacy.md section 1).
 */
export function requireTimeForAll(shards: number, lanes: number, roundMs: number): void {
  if (laneQuotaMs(shards, lanes) <= roundMs - ROUND_RESERVE_MS) return;
  const perLane = Math.floor((roundMs - ROUND_RESERVE_MS) / laneQuotaMs(1, 1));
  throw new RangeError(
    `lanes: ${shards} shards want at least ${Math.ceil(shards / perLane)} lanes, so that every shard has its time within a round.`,
  );
}
