import type { FeatureVector } from './features.ts';
import type { ShardIndex } from './shard-index.ts';

/** No opinion: the shard contributes a zero vector. */
export const ABSTAIN = -1;

/** Place of `feature` in the ascending list, or -1. */
function find(features: Uint16Array, feature: number, from: number): number {
  let low = from;
  let high = features.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = features[middle] ?? 0;
    if (value === feature) return middle;
    if (value < feature) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** For each record the caller's label it answers to (the first, if several), or ABSTAIN. */
function candidates(shard: ShardIndex, labelsByKey: ReadonlyMap<string, number>): Int32Array | undefined {
  const labelOf = new Int32Array(shard.recordCount).fill(ABSTAIN);
  let any = false;
  for (const [key, number] of labelsByKey) {
    for (const record of shard.recordsByLabel.get(key) ?? []) {
      if (labelOf[record] === ABSTAIN) labelOf[record] = number;
      any = true;
    }
  }
  return any ? labelOf : undefined;
}

/**
 * The label number one shard votes for, or ABSTAIN. The caller's labels are public, so the search is confined to
 * the shard's own records that carry one of them; the nearest by cosine decides (one beats several where shards
 * are small), the earlier record on a tie. Nothing in common with the prompt: the shard abstains.
 */
export function shardVote(
  shard: ShardIndex,
  prompt: FeatureVector,
  labelsByKey: ReadonlyMap<string, number>,
): number {
  const labelOf = candidates(shard, labelsByKey);
  if (!labelOf) return ABSTAIN;
  const scores = new Float32Array(shard.recordCount);
  for (let at = 0, from = 0; at < prompt.ids.length; at += 1) {
    const place = find(shard.features, prompt.ids[at] ?? 0, from);
    if (place < 0) continue;
    from = place + 1;
    const weight = prompt.weights[at] ?? 0;
    const end = shard.offsets[place + 1] ?? 0;
    for (let posting = shard.offsets[place] ?? 0; posting < end; posting += 1) {
      const record = shard.postingRecords[posting] ?? 0;
      scores[record] = (scores[record] ?? 0) + weight * (shard.postingWeights[posting] ?? 0);
    }
  }
  let best = 0;
  let vote = ABSTAIN;
  for (let record = 0; record < scores.length; record += 1) {
    const label = labelOf[record] ?? ABSTAIN;
    const score = scores[record] ?? 0;
    if (label !== ABSTAIN && score > best) {
      best = score;
      vote = label;
    }
  }
  return vote;
}
