/** How often the time of a shard is looked at. */
export const POLL_MS = 10;
/**
 * A shard's own time, from its own start: about a hundred times what it needs at its quotas, because on a busy laptop a
 * thread may wait that long for a core. Counted in looks, so that a machine that slept counts as one.
 */
export const SHARD_POLLS = 4;
/** The look that first sees a shard comes up to one poll after its start. */
export const SHARD_QUOTA_MS = POLL_MS * (SHARD_POLLS + 1);
/** For reading the question, which no record takes part in; the first one of a thread reads tables from disk. */
export const PREPARATION_POLLS = 200;
/** Ending a thread and handing its work to the one that stands by. */
const TAKEOVER_MS = 20;
/**
 * Checking, charging on disk, the model's look at the question and the shards' answers. Medians on two cores with a load
 * of ten: 64 shards on two lanes 44 ms for a vote and 17 ms for a token (npm run bench -- lane-time), the model 29 ms.
 */
const NORMAL_WORK_MS = 80;
/** One shard that stalls, and the thread that stood by doing the rest, show in no reply of a node with this tick. */
export const LEAST_TICK_MS = NORMAL_WORK_MS + SHARD_QUOTA_MS + TAKEOVER_MS;
/** A little more than the least, for timers that fire late. */
export const DEFAULT_TICK_MS = 160;
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

/** Throws when one stalling shard could push a reply to the next tick, where the router would see it. */
export function requireTickForStall(tickMs: number): void {
  if (tickMs >= LEAST_TICK_MS) return;
  throw new RangeError(
    `tickMs: ${tickMs} is less than the ${LEAST_TICK_MS} ms of a round in which one shard stalls, so replies would show it.`,
  );
}

/**
 * The tick of a node whose shards ask a model server: every reply waits for the whole of the shards' time, so that none
 * shows how long the server took; and once more the time of a shard, for the model's own look at the question. Throws
 * when that is longer than a round has.
 */
export function promptTickMs(
  { shards, atOnce, shardMs, roundMs }: { shards: number; atOnce: number; shardMs: number; roundMs: number },
  leastMs: number,
): number {
  const tickMs = (Math.ceil(shards / atOnce) + 1) * shardMs + LEAST_TICK_MS;
  if (tickMs <= roundMs - ROUND_RESERVE_MS) return Math.max(tickMs, leastMs);
  throw new RangeError(
    `engine.shardMs: ${shards} shards with ${shardMs} ms each, ${atOnce} at a time, take ${tickMs} ms of the ${roundMs - ROUND_RESERVE_MS} ms of a round. Less time, more lanes, or an engine that may evaluate several prompts at once (docs/engines.md).`,
  );
}
