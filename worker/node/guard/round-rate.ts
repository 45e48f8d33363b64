const MINUTE_MS = 60_000;

/** How many rounds a node still answers, by the last minute: a bucket that fills evenly and holds a minute's worth. */
export class RoundRate {
  readonly #perMinute: number;
  #left: number;
  #atMs: number;

  constructor(perMinute: number, nowMs = Date.now()) {
    this.#perMinute = perMinute;
    this.#left = perMinute;
    this.#atMs = nowMs;
  }

  hasRoom(nowMs: number): boolean {
    return this.#leftAt(nowMs) >= 1;
  }

  /** A round was let through. */
  take(nowMs: number): void {
    this.#left = this.#leftAt(nowMs) - 1;
    this.#atMs = Math.max(this.#atMs, nowMs);
  }

  #leftAt(nowMs: number): number {
    const gained = (Math.max(0, nowMs - this.#atMs) * this.#perMinute) / MINUTE_MS;
    return Math.min(this.#perMinute, this.#left + gained);
  }
}
