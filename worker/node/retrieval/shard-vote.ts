import type { FeatureVector } from './features.ts';
import { addLikeness } from './postings.ts';
import type { ShardIndex } from './shard-index.ts';

/** No opinion: the shard contributes a zero vector. */
export const ABSTAIN = -1;

/**
 * The label number one shard votes for, or ABSTAIN. The prompt's likeness to every record of the shard, weighed by what
 * those records say for a label, is the label's score. Only the caller's labels are looked at; they are public. The
 * highest score decides, the first named on a tie. Nothing speaks for any of them: the shard abstains.
 */
export function shardVote(
  shard: ShardIndex,
  prompt: FeatureVector,
  labelsByKey: ReadonlyMap<string, number>,
): number {
  const { rows, weights } = shard.labels;
  // Names of one label mostly share a row: then it is summed up once, for whichever label was named first.
  const labelOfRow = new Map<Float32Array, number>();
  for (const [key, number] of labelsByKey) {
    const row = weights[rows.get(key) ?? ABSTAIN];
    if (row) labelOfRow.set(row, Math.min(number, labelOfRow.get(row) ?? number));
  }
  if (labelOfRow.size === 0) return ABSTAIN;
  const likeness = new Float64Array(shard.recordCount);
  addLikeness(shard, prompt, likeness);
  let best = 0;
  let vote = ABSTAIN;
  for (const [row, number] of labelOfRow) {
    const score = dot(row, likeness);
    if (score > best || (score === best && score > 0 && number < vote)) {
      best = score;
      vote = number;
    }
  }
  return vote;
}

function dot(row: Float32Array, likeness: Float64Array): number {
  let sum = 0;
  for (let record = 0; record < likeness.length; record += 1) {
    sum += (row[record] ?? 0) * (likeness[record] ?? 0);
  }
  return sum;
}
