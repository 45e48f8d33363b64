import { callerLabelsByKey } from './label-keys.ts';
import { readPrompt } from './read-prompt.ts';
import type { ShardIndex } from './shard-index.ts';
import { ABSTAIN, shardVote } from './shard-vote.ts';

/** `counts[i]` shards voted `labels[i]`; shards without an opinion are in no count. Private until noise is added. */
export type Votes = { counts: Uint32Array };

/**
 * One vote or none from every shard, all in this thread: for measurements. A shard that throws abstains, and no other
 * notices; what it threw is dropped on purpose, because which shard fails depends on its patients.
 */
export function castVotes(input: {
  shards: readonly ShardIndex[];
  prompt: string;
  labels: readonly string[];
}): Votes {
  const prompt = readPrompt(input.prompt);
  const labelsByKey = callerLabelsByKey(input.labels);
  const counts = new Uint32Array(input.labels.length);
  for (const shard of input.shards) {
    try {
      const vote = shardVote(shard, prompt, labelsByKey);
      if (vote !== ABSTAIN) counts[vote] = (counts[vote] ?? 0) + 1;
    } catch {
      // Abstains.
    }
  }
  return { counts };
}
