import { type ResultTable, rowOf } from './result-table.ts';
import { isFit, type ShardTask } from './task.ts';

/** The sum of all shards' rows modulo 2^32, in the order of the shards. A row that is missing or unfit counts as zeros. */
export function sumRows(table: ResultTable, task: ShardTask, shards: number): Uint32Array {
  const sum = new Uint32Array(table.length);
  for (let shard = 0; shard < shards; shard += 1) {
    const row = rowOf(table, shard);
    if (!row || !isFit(row, task)) continue;
    // Stored modulo 2^32 by the array itself.
    for (let at = 0; at < row.length; at += 1) sum[at] = (sum[at] ?? 0) + (row[at] ?? 0);
  }
  return sum;
}
