import { Worker } from 'node:worker_threads';
import { THREAD_ENVIRONMENT } from '../lanes/thread-environment.ts';
import type { LoadCounts, LoaderOrder, LoaderReply, LoaderSetup } from './loader-thread.ts';

/** A shard at its quotas takes a fiftieth of this; a shard over it ends the thread. */
const BUILD_MS = 10_000;

/** What came of one shard. */
export type Built = Extract<LoaderReply, { index: unknown } | { tokens: unknown } | { texts: unknown }>;

/** The loading thread, seen from here: it reads the records and builds one shard at a time. */
export class Loader {
  readonly #worker: Worker;
  readonly #loaded = Promise.withResolvers<LoadCounts>();
  readonly #exited: Promise<null>;
  #reply: ((reply: LoaderReply) => void) | null = null;

  constructor(setup: LoaderSetup) {
    this.#worker = new Worker(new URL('./loader-thread.ts', import.meta.url), {
      workerData: setup,
      env: THREAD_ENVIRONMENT,
    });
    this.#loaded.promise.catch(() => {});
    this.#worker.on('message', (message: LoaderReply) => {
      if ('loaded' in message) this.#loaded.resolve(message.loaded);
      else this.#reply?.(message);
    });
    this.#worker.on('error', (error) => this.#loaded.reject(error));
    this.#exited = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#loaded.reject(new Error('the records could not be loaded'));
        resolve(null);
      });
    });
  }

  /** What was read. Rejects when the records cannot be read at all. */
  get loaded(): Promise<LoadCounts> {
    return this.#loaded.promise;
  }

  /** What was built; null when the thread ended at it, and this loader with it. @throws when the records cannot be read. */
  async build(order: LoaderOrder): Promise<Built | null> {
    const replied = new Promise<LoaderReply>((resolve) => {
      this.#reply = resolve;
    });
    const timer = setTimeout(() => void this.end(), BUILD_MS);
    this.#worker.postMessage(order);
    const reply = await Promise.race([replied, this.#exited]);
    clearTimeout(timer);
    if (reply && 'unreadable' in reply) throw new Error(reply.unreadable);
    return reply as Built | null;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
