import { quantiseClipped } from '#lib/privacy/mechanisms/short-answer';
import { cacheSalt } from '../engine/cache-salt.ts';
import type { Engine, EngineCall } from '../engine/engine.ts';
import { FixedSlots } from './fixed-slots.ts';
import { promptRecords, RECORDS_PER_PROMPT } from './prompt-records.ts';
import type { RecordTexts } from './record-texts.ts';
import { newTable, type ResultTable, rowOf, writeRow } from './result-table.ts';
import { sumRows } from './sum-rows.ts';
import { rowLength, type ShardTask } from './task.ts';

export type PromptLanesSetup = {
  engine: Engine;
  lanes: number;
  shards: number;
  /** A shard's own time with the model, from its own start. */
  shardMs: number;
  /** The most a sum may take; it exceeds the sum of quotas on a lane. */
  roundMs: number;
  /** The node's own, for the names of prompts in the server's cache. */
  secret: Buffer;
  /** What a shard's records say now. */
  textsOf: (shard: number) => RecordTexts;
  /** Asks the threads that hold the records. */
  rows: (task: ShardTask) => Promise<ResultTable>;
};

/** A task that a model answers. */
type PromptTask = Exclude<ShardTask, { kind: 'nearest' }>;

/**
 * The lanes of a node whose model runs behind a server: every shard puts its nearest records and the question into a
 * prompt of its own. Threads find the records; the server, in another process, reads them. What it does not answer in
 * the shard's time, or not well, is no opinion.
 */
export class PromptLanes {
  readonly #setup: PromptLanesSetup;
  readonly #slots: FixedSlots;

  constructor(setup: PromptLanesSetup) {
    this.#setup = setup;
    this.#slots = new FixedSlots(promptsAtOnce(setup.engine, setup.lanes), setup.shardMs);
  }

  get load(): { busy: number; queued: number } {
    return this.#slots.load;
  }

  /** The sum of what all shards say, modulo 2^32. It resolves for every task, whatever records and server do. */
  async sum(task: PromptTask): Promise<Uint32Array> {
    const { shards, roundMs, rows } = this.#setup;
    const table = newTable(shards, rowLength(task));
    const nearest = await rows({ kind: 'nearest', prompt: task.prompt, most: RECORDS_PER_PROMPT });
    const asked = Array.from({ length: shards }, (_, shard) =>
      this.#slots.run(async (signal) => {
        const row = await this.#ask(task, shard, rowOf(nearest, shard), signal);
        // Past its time nothing counts, or a shard could wait and see.
        if (!signal.aborted) writeRow(table, shard, row);
      }),
    );
    let late: NodeJS.Timeout | undefined;
    const roundOver = new Promise((over) => {
      late = setTimeout(over, roundMs).unref();
    });
    await Promise.race([Promise.all(asked), roundOver]);
    clearTimeout(late);
    return sumRows(table, task, shards);
  }

  /**
   * A public question to the same model. Where that takes one prompt at a time it would begin when a shard's prompt is done,
   * and its time would show how long that took: so it waits for a place, which a shard holds for its whole time.
   */
  aside<T>(work: () => Promise<T>): Promise<T> {
    return this.#setup.engine.capabilities.batchInvariant ? work() : this.#slots.whole(work);
  }

  /** One shard's row; null where it has no record to show, and so no opinion. */
  async #ask(
    task: PromptTask,
    shard: number,
    nearest: Int32Array | null,
    signal: AbortSignal,
  ): Promise<Int32Array | null> {
    const { engine, textsOf, secret } = this.#setup;
    const { contextTokens } = engine.capabilities;
    const records = nearest ? promptRecords(textsOf(shard), nearest, contextTokens) : [];
    if (records.length === 0) return null;
    const call: EngineCall = { salt: cacheSalt(secret, task.requestId ?? '', shard), signal };
    if (task.kind === 'vote') return this.#vote(task, records, call);
    const { prompt, prefix = [], maxTokens = 1, candidates, logProbs, bound } = task;
    const scored = await engine.candidateScores({ prompt, records, prefix, maxTokens }, candidates, call);
    return Int32Array.from(candidates, (_, at) =>
      quantiseClipped(scored.logProbs[at] ?? Number.NaN, logProbs[at] ?? Number.NaN, bound),
    );
  }

  async #vote(
    { prompt, labels }: Extract<PromptTask, { kind: 'vote' }>,
    records: readonly string[],
    call: EngineCall,
  ): Promise<Int32Array> {
    const { scores } = await this.#setup.engine.scoreLabels({ prompt, records }, labels, call);
    const row = new Int32Array(labels.length);
    const best = Math.max(...scores);
    if (Number.isFinite(best)) row[scores.indexOf(best)] = 1;
    return row;
  }
}

/** An engine whose scores depend on what else it evaluates is shown one shard's prompt at a time. */
export function promptsAtOnce({ capabilities }: Pick<Engine, 'capabilities'>, lanes: number): number {
  return capabilities.batchInvariant ? lanes : 1;
}
