import { shardTokenVector } from '../next-token/shard-token-vector.ts';
import { callerLabelsByKey } from '../retrieval/label-keys.ts';
import { nearestRecords } from '../retrieval/nearest-records.ts';
import { readPrompt } from '../retrieval/read-prompt.ts';
import { ABSTAIN, shardVote } from '../retrieval/shard-vote.ts';
import type { ShardData } from './shard-data.ts';
import type { ShardTask } from './task.ts';

/** What a lane runs: makes ready what is the same for all shards, then gives one shard's row at a time. */
export type PrepareTask = (task: ShardTask) => (shard: ShardData) => Int32Array;

export const prepareTask: PrepareTask = (task) => {
  const prompt = readPrompt(task.prompt);
  if (task.kind === 'vote') {
    const labelsByKey = callerLabelsByKey(task.labels);
    return ({ index }) => {
      const row = new Int32Array(task.labels.length);
      const vote = shardVote(index, prompt, labelsByKey);
      if (vote !== ABSTAIN) row[vote] = 1;
      return row;
    };
  }
  if (task.kind === 'nearest') return ({ index }) => nearestRecords(index, prompt, task.most);
  const question = { ...task, prompt };
  return ({ index, tokens }) =>
    tokens ? shardTokenVector({ index, tokens }, question) : new Int32Array(task.candidates.length);
};
