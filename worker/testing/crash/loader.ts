import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PROJECT_ROOT } from '#lib/db/prisma-cli';
import type { LoadOptions, LoadOrder, LoadReport } from './load.ts';

/** One process of load, whichever life it is in. */
export class Loader {
  readonly #options: LoadOptions;
  #child: ReturnType<typeof start> | null = null;
  /** Of its former lives. */
  #before: LoadReport = { told: 0, unknown: 0 };
  #now: LoadReport = { told: 0, unknown: 0 };
  #order: LoadOrder = { accountIds: [] };

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  get replica(): string {
    return this.#options.replica;
  }

  get journal(): string {
    return this.#options.journal;
  }

  /** Moves with and without a verdict, since the beginning. */
  get report(): LoadReport {
    return { told: this.#before.told + this.#now.told, unknown: this.#before.unknown + this.#now.unknown };
  }

  begin(): void {
    const child = start(this.#options);
    this.#child = child;
    child.on('message', (report: LoadReport) => {
      this.#now = report;
    });
    child.send(this.#order);
  }

  order(order: LoadOrder): void {
    this.#order = order;
    if (this.#child?.connected) this.#child.send(order);
  }

  /** kill -9. Resolves when it is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#child = null;
    const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
    child.kill('SIGKILL');
    await gone;
    const { told, unknown } = this.report;
    this.#before = { told, unknown };
    this.#now = { told: 0, unknown: 0 };
  }

  /** Throws when it ended by itself. */
  assertAlive(): void {
    if (this.#child && (this.#child.exitCode !== null || this.#child.signalCode !== null))
      throw new Error(`the load of ${this.replica} ended by itself with ${this.#child.exitCode}`);
  }
}

const start = (options: LoadOptions) =>
  spawn(process.execPath, ['worker/testing/crash/load.ts', JSON.stringify(options)], {
    cwd: PROJECT_ROOT,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
