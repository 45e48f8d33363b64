import { Worker } from 'node:worker_threads';
import type { LaneOrder, LaneSetup } from './lane-thread.ts';
import { memoryMb } from './memory-quota.ts';
import {
  NO_SHARD,
  newProgress,
  type Progress,
  type ResultTable,
  shardInProgress,
  shardsBegun,
} from './result-table.ts';
import type { ShardData } from './shard-data.ts';
import type { ShardTask } from './task.ts';
import { THREAD_ENVIRONMENT } from './thread-environment.ts';
import { POLL_MS, PREPARATION_POLLS, SHARD_POLLS } from './time-quotas.ts';

/** Some shards of one task. Rows go into the task's table. */
export type Run = { task: ShardTask; todo: readonly number[]; table: ResultTable };

/** How a run ended: all its shards were asked, or the thread ended at one of them (or at none), in time or past it. */
export type RunEnd = { ended: 'done' } | { ended: 'died' | 'stalled'; at: number };

/** One thread and what it is at. It does one run at a time. */
export class Lane {
  readonly #worker: Worker;
  readonly #ready = Promise.withResolvers<void>();
  /** Resolves when the thread has ended, for whatever reason. */
  readonly exited: Promise<void>;
  #over = false;
  #finish: (() => void) | null = null;

  /** @param shards how many it will know. */
  constructor(setup: LaneSetup, shards: number) {
    this.#worker = new Worker(new URL('./lane-thread.ts', import.meta.url), {
      workerData: setup,
      env: THREAD_ENVIRONMENT,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb(shards) },
    });
    this.#ready.promise.catch(() => {});
    this.#worker.on('message', (message: 'ready' | 'done') => {
      if (message === 'ready') this.#ready.resolve();
      else this.#finish?.();
    });
    // Which error it was may tell about a record: only that the thread ended is kept.
    this.#worker.on('error', () => {});
    this.exited = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#over = true;
        this.#ready.reject(new Error('the thread ended before it was ready'));
        resolve();
      });
    });
  }

  /** Whether it takes no more work: it has ended, or is about to. */
  get over(): boolean {
    return this.#over;
  }

  /** Rejects when the thread cannot even start. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Replaces what the thread knows of the shards, after what it is at. */
  know(shards: readonly ShardData[]): void {
    this.#worker.postMessage({ shards } satisfies LaneOrder);
  }

  async run({ task, todo, table }: Run): Promise<RunEnd> {
    if (this.#over) return { ended: 'died', at: NO_SHARD };
    const progress = newProgress();
    const done = new Promise<boolean>((resolve) => {
      this.#finish = () => resolve(true);
    });
    const watch = this.#watch(progress);
    this.#worker.postMessage({ task, todo, table, progress } satisfies LaneOrder);
    const whole = await Promise.race([done, this.exited.then(() => false), watch.stalled.then(() => false)]);
    const stalled = watch.stop();
    if (whole) return { ended: 'done' };
    return { ended: stalled ? 'stalled' : 'died', at: shardInProgress(progress) };
  }

  /**
   * Gives the thread up when a shard is past its time; `stop` says whether it did. Nobody waits until it has ended, which
   * takes longer than the rest of the round: what it may still write are the rows of its own task, the same as another's.
   */
  #watch(progress: Progress): { stalled: Promise<void>; stop: () => boolean } {
    const givenUp = Promise.withResolvers<void>();
    let stalled = false;
    let begun = -1;
    let looks = 0;
    const timer = setInterval(() => {
      looks = begun === shardsBegun(progress) ? looks + 1 : 0;
      begun = shardsBegun(progress);
      const most = shardInProgress(progress) === NO_SHARD ? PREPARATION_POLLS : SHARD_POLLS;
      if (looks < most || stalled) return;
      stalled = true;
      this.#over = true;
      givenUp.resolve();
      void this.end();
    }, POLL_MS);
    return {
      stalled: givenUp.promise,
      stop: () => {
        clearInterval(timer);
        return stalled;
      },
    };
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
