/** What every shard of a node is asked in one round: public facts only. */
export type ShardTask =
  | { kind: 'vote'; prompt: string; labels: readonly string[] }
  | {
      kind: 'token';
      prompt: string;
      /** The answer's last tokens, the latest last. */
      key: readonly number[];
      candidates: readonly number[];
      /** The model's log-probability of each candidate, over the full vocabulary. */
      logProbs: readonly number[];
      /** C * 2^13: how far from zero a coordinate may be. */
      bound: number;
    };

/** Coordinates of a shard's row. */
export function rowLength(task: ShardTask): number {
  return task.kind === 'vote' ? task.labels.length : task.candidates.length;
}

/** Whether a row is one a shard may send: one vote or none; or every coordinate within the clip. */
export function isFit(row: Int32Array, task: ShardTask): boolean {
  if (task.kind === 'token') return row.every((value) => value >= -task.bound && value <= task.bound);
  return row.every((value) => value === 0 || value === 1) && row.reduce((sum, value) => sum + value, 0) <= 1;
}
