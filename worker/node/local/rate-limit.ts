const MINUTE_MS = 60_000;
/** So many are remembered at once: strangers must not fill the memory. */
const MOST_NAMES = 10_000;

/** At most so many a minute for each name. */
export class RateLimit {
  readonly #most: number;
  readonly #takenAtMs = new Map<string, number[]>();

  constructor(mostPerMinute: number) {
    this.#most = mostPerMinute;
  }

  /** False when there have been too many; then this one does not count. */
  take(name: string, nowMs = performance.now()): boolean {
    const recent = (this.#takenAtMs.get(name) ?? []).filter((atMs) => nowMs - atMs < MINUTE_MS);
    const allowed = recent.length < this.#most;
    if (allowed) recent.push(nowMs);
    this.#takenAtMs.delete(name);
    this.#takenAtMs.set(name, recent);
    const [oldest] = this.#takenAtMs.keys();
    if (this.#takenAtMs.size > MOST_NAMES && oldest !== undefined) this.#takenAtMs.delete(oldest);
    return allowed;
  }
}
