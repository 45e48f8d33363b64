/** A wall clock may be late for other reasons than the shard, on a busy laptop; so many times in a row it is not. */
const STALLS = 3;

/**
 * Shards that may not run again until the node is started anew: they abstain. Nobody but this node's own log is told
 * which, because it depends on the shard's records.
 */
export class Quarantine {
  readonly #out = new Set<number>();
  readonly #stalls = new Map<number, number>();
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
  stalled(shard: number): void {
    const stalls = (this.#stalls.get(shard) ?? 0) + 1;
    this.#stalls.set(shard, stalls);
    if (stalls >= STALLS) this.died(shard);
  }
}
