import { parentPort, workerData } from 'node:worker_threads';
import { begin, type Progress, type ResultTable, writeRow } from './result-table.ts';
import type { PrepareTask } from './score-shards.ts';
import type { ShardData } from './shard-data.ts';
import type { ShardTask } from './task.ts';

export type LaneSetup = { scorer: string };
export type LaneOrder =
  | { shards: readonly ShardData[] }
  | { task: ShardTask; todo: readonly number[]; table: ResultTable; progress: Progress };

/**
 * A thread that asks one shard after the other. What a shard throws ends there: it abstains. Whatever else a shard does
 * to this thread, finished rows lie in shared memory, and the side that supervises knows which shard it was.
 */
const { scorer } = workerData as LaneSetup;
const { prepareTask } = (await import(scorer)) as { prepareTask: PrepareTask };
let shards: readonly ShardData[] = [];

function run({ task, todo, table, progress }: Extract<LaneOrder, { task: ShardTask }>): void {
  const ask = prepareTask(task);
  for (const number of todo) {
    begin(progress, number);
    const shard = shards[number];
    let row: Int32Array | null = null;
    try {
      if (shard) row = ask(shard);
    } catch {
      // Abstains. What was thrown could tell about a record, so it goes nowhere.
    }
    writeRow(table, number, row);
  }
}

parentPort!.on('message', (order: LaneOrder) => {
  if ('shards' in order) {
    shards = order.shards;
    return;
  }
  try {
    run(order);
  } catch {
    // The question itself could not be read: nobody has an opinion.
  }
  parentPort!.postMessage('done');
});
parentPort!.postMessage('ready');
