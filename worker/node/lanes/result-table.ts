/**
 * Where the threads write what their shards say; shared memory, so that what was finished stays when a thread ends.
 * A row counts once its `done` is 1, which is set after the whole row is there.
 */
export type ResultTable = { length: number; rows: Int32Array; done: Int32Array };

/** What a thread is at, in shared memory: the shard, or NO_SHARD, and how many it has begun. */
export type Progress = Int32Array;
export const NO_SHARD = -1;
const SHARD = 0;
const BEGUN = 1;

export function newTable(shards: number, length: number): ResultTable {
  return {
    length,
    rows: new Int32Array(new SharedArrayBuffer(shards * length * Int32Array.BYTES_PER_ELEMENT)),
    done: new Int32Array(new SharedArrayBuffer(shards * Int32Array.BYTES_PER_ELEMENT)),
  };
}

export function newProgress(): Progress {
  const progress = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  Atomics.store(progress, SHARD, NO_SHARD);
  return progress;
}

export function begin(progress: Progress, shard: number): void {
  Atomics.store(progress, SHARD, shard);
  Atomics.add(progress, BEGUN, 1);
}

export const shardInProgress = (progress: Progress) => Atomics.load(progress, SHARD);
export const shardsBegun = (progress: Progress) => Atomics.load(progress, BEGUN);

/** Anything but a whole row of integers is no opinion. */
export function writeRow(table: ResultTable, shard: number, row: unknown): void {
  if (row instanceof Int32Array && row.length === table.length) table.rows.set(row, shard * table.length);
  Atomics.store(table.done, shard, 1);
}

/** The shard's row once it is complete, else null. */
export function rowOf({ rows, done, length }: ResultTable, shard: number): Int32Array | null {
  if (Atomics.load(done, shard) !== 1) return null;
  return rows.slice(shard * length, (shard + 1) * length);
}
