/**
 * So many pieces of work at a time, each of which holds its place for its whole time, however soon it is done: when the
 * next one begins depends on how much was asked, and never on what a record made of an earlier one.
 */
export class FixedSlots {
  readonly #slots: number;
  readonly #ms: number;
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(slots: number, ms: number) {
    this.#slots = slots;
    this.#free = slots;
    this.#ms = ms;
  }

  get load(): { busy: number; queued: number } {
    return { busy: this.#slots - this.#free, queued: this.#waiting.length };
  }

  /** Resolves with what the work comes to, or with null when it fails or its time is over. */
  async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    await this.#take();
    const over = new AbortController();
    const ended = new Promise<null>((end) => {
      setTimeout(() => {
        over.abort();
        this.#give();
        end(null);
      }, this.#ms);
    });
    try {
      return await Promise.race([work(over.signal), ended]);
    } catch {
      // What failed could tell about a record: it goes nowhere.
      return null;
    }
  }

  /** For work that no record has a part in: it waits for a place like all, and holds it as long as it lasts. */
  async whole<T>(work: () => Promise<T>): Promise<T> {
    await this.#take();
    try {
      return await work();
    } finally {
      this.#give();
    }
  }

  async #take(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #give(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}
