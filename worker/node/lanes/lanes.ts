import { setTimeout as sleep } from 'node:timers/promises';
import { Lane, type Run, type RunEnd } from './lane.ts';
import { Quarantine } from './quarantine.ts';
import type { Rehearsal } from './rehearsals.ts';
import { NO_SHARD, newTable, type ResultTable, rowOf } from './result-table.ts';
import type { ShardData } from './shard-data.ts';
import { sumRows } from './sum-rows.ts';
import { rowLength, type ShardTask } from './task.ts';
import { POLL_MS } from './time-quotas.ts';

export type LanesSetup = {
  lanes: number;
  shards: number;
  /** The most a sum may take; what is not there by then abstains. It exceeds the sum of quotas on a lane. */
  roundMs: number;
  /** Module of the threads that gives `prepareTask`. */
  scorer?: URL;
  onQuarantined?: (shard: number) => void;
  onLaneEnded?: () => void;
};

/** Part of a task that waits for a thread. `out` are shards that have had their chance. */
type Part = Run & { out: Set<number>; triesWithoutShard: number; done: () => void };

const SCORER = new URL('./score-shards.ts', import.meta.url);
/** A thread that cannot start is tried again after this. */
const RESTART_MS = 1_000;
/** A thread that ends before its first shard is not the doing of one: the question is tried once more. */
const TRIES_WITHOUT_SHARD = 2;

/**
 * The lanes of a node: `lanes` threads at work and one that stands by, all of which have every shard in shared memory.
 * A thread that ends costs the shard it was at, and no other: the one that stands by does the rest at once.
 */
export class Lanes {
  readonly #setup: LanesSetup;
  readonly #quarantine: Quarantine;
  readonly #all = new Set<Lane>();
  /** Threads without work, rehearsed; the one that waits longest comes first. */
  readonly #idle: Lane[] = [];
  readonly #queue: Part[] = [];
  #shards: readonly ShardData[] = [];
  /** Tasks like the ones to come: the first ones of a thread are its slowest. */
  #rehearsals: readonly Rehearsal[] = [];
  #busy = 0;
  #closed = false;

  private constructor(setup: LanesSetup) {
    this.#setup = setup;
    this.#quarantine = new Quarantine(setup.onQuarantined ?? (() => {}));
  }

  /**
   * Starts the threads and lets each rehearse, so that a shard that ends threads is found before any round does. Throws
   * when a thread cannot start.
   */
  static async start(
    setup: LanesSetup,
    shards: readonly ShardData[],
    rehearsals: readonly Rehearsal[],
  ): Promise<Lanes> {
    const lanes = new Lanes(setup);
    lanes.#shards = shards;
    lanes.#rehearsals = rehearsals;
    const first = Array.from({ length: setup.lanes + 1 }, () => lanes.#newLane());
    try {
      await Promise.all(first.map((lane) => lane.ready));
    } catch (cause) {
      await lanes.close();
      throw new Error('the threads of the lanes cannot start', { cause });
    }
    await Promise.all(first.map((lane) => lanes.#join(lane)));
    return lanes;
  }

  /** The sum of what all shards say, modulo 2^32. It resolves for every task, whatever the records hold. */
  async sum(task: ShardTask): Promise<Uint32Array> {
    return sumRows(await this.rows(task), task, this.#setup.shards);
  }

  /** Runs and parts that wait for a thread, and threads at work: public facts of how much was asked. */
  get load(): { busy: number; queued: number } {
    return { busy: this.#busy, queued: this.#queue.length };
  }

  /** Every shard's row. Resolves for every task; a shard that does not come to one has none. */
  async rows(task: ShardTask): Promise<ResultTable> {
    const { lanes, shards, roundMs } = this.#setup;
    const table = newTable(shards, rowLength(task));
    const numbers = Array.from({ length: shards }, (_, shard) => shard);
    const parts = Array.from({ length: lanes }, (_, part) =>
      this.#enqueue({ task, table, todo: numbers.filter((shard) => shard % lanes === part) }),
    );
    const late = new AbortController();
    await Promise.race([Promise.all(parts), sleep(roundMs, null, { signal: late.signal }).catch(() => {})]);
    late.abort();
    return table;
  }

  /** Replaces what the threads know of the shards and lets each rehearse again; rounds go on meanwhile. */
  async learn(shards: readonly ShardData[], rehearsals: readonly Rehearsal[]): Promise<void> {
    this.#shards = shards;
    this.#rehearsals = rehearsals;
    for (const lane of [...this.#all]) {
      lane.know(shards);
      await this.#taken(lane);
      if (!lane.over) void this.#join(lane);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#all].map((lane) => lane.end()));
  }

  #newLane(): Lane {
    const lane = new Lane({ scorer: (this.#setup.scorer ?? SCORER).href }, this.#setup.shards);
    let started = false;
    lane.ready.then(
      () => {
        started = true;
      },
      () => {},
    );
    this.#all.add(lane);
    void lane.exited.then(async () => {
      this.#all.delete(lane);
      const place = this.#idle.indexOf(lane);
      if (place >= 0) this.#idle.splice(place, 1);
      if (!this.#closed) this.#setup.onLaneEnded?.();
      if (!started) await sleep(RESTART_MS);
      if (!this.#closed) await this.#replace();
    });
    return lane;
  }

  /** Another thread for one that ended. One that cannot even start ends in turn, and is replaced a little later. */
  async #replace(): Promise<void> {
    const lane = this.#newLane();
    try {
      await lane.ready;
    } catch {
      return;
    }
    await this.#join(lane);
  }

  /** Shows a thread the shards, rehearses and puts it among those that wait for work. */
  async #join(lane: Lane): Promise<void> {
    lane.know(this.#shards);
    // No row fits into it: nobody asks what came out.
    const table = newTable(this.#setup.shards, 0);
    for (const { task, todo } of this.#rehearsals) {
      if (lane.over) return;
      const left = todo.filter((shard) => !this.#quarantine.has(shard));
      if (left.length > 0) this.#blame(await lane.run({ task, todo: left, table }));
    }
    if (lane.over) return;
    this.#idle.push(lane);
    this.#handOut();
  }

  /** Waits until the thread is idle and takes it out of those that wait for work; or until it has ended. */
  async #taken(lane: Lane): Promise<void> {
    while (!lane.over) {
      const place = this.#idle.indexOf(lane);
      if (place >= 0) return void this.#idle.splice(place, 1);
      await sleep(POLL_MS);
    }
  }

  #enqueue(run: Run): Promise<void> {
    return new Promise((done) => {
      this.#queue.push({ ...run, out: new Set(), triesWithoutShard: 0, done });
      this.#handOut();
    });
  }

  /** Gives out work while fewer than `lanes` threads have any: one always stands by. */
  #handOut(): void {
    while (this.#busy < this.#setup.lanes && this.#idle.length > 0 && this.#queue.length > 0) {
      void this.#work(this.#idle.shift()!, this.#queue.shift()!);
    }
  }

  async #work(lane: Lane, part: Part): Promise<void> {
    this.#busy += 1;
    const { task, table, todo, out } = part;
    const left = todo.filter(
      (shard) => rowOf(table, shard) === null && !out.has(shard) && !this.#quarantine.has(shard),
    );
    const end = await lane.run({ task, table, todo: left });
    this.#busy -= 1;
    if (!lane.over) this.#idle.push(lane);
    const at = this.#blame(end);
    if (at === NO_SHARD) part.triesWithoutShard += 1;
    else out.add(at);
    if (end.ended === 'done' || part.triesWithoutShard >= TRIES_WITHOUT_SHARD) part.done();
    else this.#queue.unshift(part);
    this.#handOut();
  }

  /** Notes what a shard did to a thread and names it. */
  #blame(end: RunEnd): number {
    if (end.ended === 'done') return NO_SHARD;
    if (end.at === NO_SHARD) return NO_SHARD;
    if (end.ended === 'died') this.#quarantine.died(end.at);
    else this.#quarantine.stalled(end.at);
    return end.at;
  }
}
