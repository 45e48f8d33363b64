/** What every shard of a node is asked in one round: public facts only. */
export type ShardTask =
  | { kind: 'vote'; requestId?: string; prompt: string; labels: readonly string[] }
  /** The numbers of the records nearest to the prompt, the nearest first. It stays in the node. */
  | { kind: 'nearest'; prompt: string; most: number }
  | {
      kind: 'token';
      requestId?: string;
      prompt: string;
      /** All tokens of the answer so far, and the most it may have: for models that read the records themselves. */
      prefix?: readonly number[];
      maxTokens?: number;
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
  if (task.kind === 'nearest') return task.most;
  return task.kind === 'vote' ? task.labels.length : task.candidates.length;
}

/** Whether a row is one a shard may send: one vote or none; or every coordinate within the clip. */
export function isFit(row: Int32Array, task: ShardTask): boolean {
  if (task.kind === 'token') return row.every((value) => value >= -task.bound && value <= task.bound);
  // Where no record is: one less than the first number.
  if (task.kind === 'nearest') return row.every((value) => value >= -1);
  return row.every((value) => value === 0 || value === 1) && row.reduce((sum, value) => sum + value, 0) <= 1;
}
