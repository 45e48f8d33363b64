import type { FeatureVector } from './features.ts';
import { addLikeness } from './postings.ts';
import type { ShardIndex } from './shard-index.ts';

/** No record stands here. */
export const NO_RECORD = -1;

/** Numbers of the shard's records most like the prompt, the most like first; the earlier one on a tie. */
export function nearestRecords(index: ShardIndex, prompt: FeatureVector, most: number): Int32Array {
  const likeness = new Float64Array(index.recordCount);
  addLikeness(index, prompt, likeness);
  const nearest = Array.from(likeness.keys())
    .filter((record) => (likeness[record] ?? 0) > 0)
    .sort((a, b) => (likeness[b] ?? 0) - (likeness[a] ?? 0) || a - b)
    .slice(0, most);
  return Int32Array.from({ length: most }, (_, at) => nearest[at] ?? NO_RECORD);
}
