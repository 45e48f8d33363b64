/** A wall clock may be late for other reasons than the shard, on a busy laptop; so many times in an hour it is not. */
const STALLS = 3;
const HOUR_MS = 3_600_000;

/**
 * Shards that may not run again until the node is started anew: they abstain. Nobody but this node's own log is told
 * which, because it depends on the shard's records.
 */
export class Quarantine {
  readonly #out = new Set<number>();
  readonly #stallsAtMs = new Map<number, number[]>();
  readonly #onQuarantined: (shard: number) => void;

  constructor(onQuarantined: (shard: number) => void) {
    this.#onQuarantined = onQuarantined;
  }

  has(shard: number): boolean {
    return this.#out.has(shard);
  }

  /** The thread ended while it was at this shard. */
  died(shard: number): void {
    if (this.#out.has(shard)) return;
    this.#out.add(shard);
    this.#onQuarantined(shard);
  }

  /** The shard used up its time. */
  stalled(shard: number, nowMs = performance.now()): void {
    const recent = (this.#stallsAtMs.get(shard) ?? []).filter((atMs) => nowMs - atMs < HOUR_MS);
    recent.push(nowMs);
    this.#stallsAtMs.set(shard, recent);
    if (recent.length >= STALLS) this.died(shard);
  }
}
