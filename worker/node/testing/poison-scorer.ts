import { type PrepareTask, prepareTask as prepare } from '../lanes/score-shards.ts';

/**
 * For tests: the product's scorer, but a shard that has a record labelled `poison-<what>` does that to its thread when
 * a prompt says `poison`; and whatever it is asked when the label is `poison-<what>-always`.
 */
const POISONS: Record<string, (row: Int32Array) => Int32Array> = {
  throw: () => {
    throw new Error('a record made the scorer throw');
  },
  exit: () => process.exit(1),
  memory: () => {
    const hoard: unknown[] = [];
    for (;;) hoard.push(new Array(100_000).fill(hoard.length));
  },
  endless: () => {
    for (;;);
  },
  unfit: (row) => row.fill(1_000_000),
  short: (row) => row.subarray(1),
};

export const prepareTask: PrepareTask = (task) => {
  const ask = prepare(task);
  return (shard) => {
    const keys = [...shard.index.labels.rows.keys()];
    for (const [name, poison] of Object.entries(POISONS)) {
      const now = task.prompt.includes('poison') && keys.includes(`poison-${name}`);
      if (now || keys.includes(`poison-${name}-always`)) return poison(ask(shard));
    }
    return ask(shard);
  };
};
