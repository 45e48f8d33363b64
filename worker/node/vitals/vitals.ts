import type { Engine } from '../engine/engine.ts';
import { gpuUse } from './gpu-use.ts';

/** Enough to time, too little to be in anybody's way. */
const PROBE_TOKENS = 16;
const PROBE_PROMPT = 'What are the symptoms of asthma?';
const PROBE_MS = 30_000;
/** Memory is told in steps of this, so that no single record shows in it. */
const MEMORY_STEP_BYTES = 64 * 1_048_576;

export type VitalsSetup = {
  lanes: number;
  /** The model, if it is loaded: a heartbeat loads none. */
  engine: () => Engine | null;
  now?: () => number;
  gpu?: () => Promise<number | null>;
  memoryBytes?: () => number;
};

/** What the node says of its own load. */
export type VitalsReading = {
  lanes: number;
  lanesBusy: number;
  queued: number;
  tokensPerS: number | null;
  gpuUse: number | null;
  memoryBytes: number;
};

/**
 * The node's vital signs, from public facts alone. A round counts from its arrival to the tick its reply leaves on, not
 * for as long as its shards took; speed, memory and GPU are read at a public question, asked while no round is under
 * way, so that none of them follows a record (privacy.md section 5).
 */
export class Vitals {
  readonly #setup: VitalsSetup;
  #rounds = 0;
  #tokensPerS: number | null = null;
  #gpuUse: number | null = null;
  /** As it was before the first round: what a private round leaves behind must not show. */
  #memoryBytes: number;
  #hadRounds = false;

  constructor(setup: VitalsSetup) {
    this.#setup = setup;
    this.#memoryBytes = this.#readMemory();
  }

  /** Counts a round until its reply leaves. */
  async during<T>(round: Promise<T>): Promise<T> {
    this.#rounds += 1;
    this.#hadRounds = true;
    try {
      return await round;
    } finally {
      this.#rounds -= 1;
    }
  }

  /** Rounds that arrived while another one was under way. */
  get queued(): number {
    return Math.max(0, this.#rounds - 1);
  }

  read(): VitalsReading {
    const { lanes } = this.#setup;
    return {
      lanes,
      // Every round is spread over all lanes.
      lanesBusy: this.#rounds > 0 ? lanes : 0,
      queued: this.queued,
      tokensPerS: this.#tokensPerS,
      gpuUse: this.#gpuUse,
      memoryBytes: this.#memoryBytes,
    };
  }

  /** Asks the model a public question, unless there is a round to answer. What it says is thrown away. */
  async probe(): Promise<void> {
    const { engine, gpu = gpuUse, now = () => performance.now() } = this.#setup;
    const model = engine();
    if (!model || this.#rounds > 0) return;
    const from = now();
    const [written, use] = await Promise.all([
      model.generate(PROBE_PROMPT, PROBE_TOKENS).catch(() => null),
      gpu(),
    ]);
    const ms = now() - from;
    // A round that came in between may have been what it waited for.
    if (this.#rounds > 0) return;
    this.#tokensPerS = written && ms > 0 ? Math.round((written.completionTokens * 1_000) / ms) : null;
    this.#gpuUse = use;
    if (!this.#hadRounds) this.#memoryBytes = this.#readMemory();
  }

  /** Probes now and then. Returns a function that stops it. */
  start(): () => void {
    const timer = setInterval(() => void this.probe(), PROBE_MS);
    timer.unref();
    return () => clearInterval(timer);
  }

  #readMemory(): number {
    const { memoryBytes = () => process.memoryUsage.rss() } = this.#setup;
    return Math.ceil(memoryBytes() / MEMORY_STEP_BYTES) * MEMORY_STEP_BYTES;
  }
}
