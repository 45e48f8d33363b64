import { FEATURE_DIMENSIONS, type FeatureVector } from './features.ts';

/** An inverted index: postings of `features[i]` lie at `offsets[i]` up to `offsets[i + 1]`, ascending by record. */
export type Postings = {
  features: Uint16Array;
  offsets: Uint32Array;
  postingRecords: Uint16Array;
  postingWeights: Float32Array;
};

/** Transposes record vectors into postings by counting sort. */
export function invert(vectors: readonly FeatureVector[]): Postings {
  const ends = new Uint32Array(FEATURE_DIMENSIONS + 1);
  for (const { ids } of vectors) for (const id of ids) ends[id + 1] = (ends[id + 1] ?? 0) + 1;
  const present: number[] = [];
  for (let id = 0; id < FEATURE_DIMENSIONS; id += 1) {
    if ((ends[id + 1] ?? 0) > 0) present.push(id);
    ends[id + 1] = (ends[id + 1] ?? 0) + (ends[id] ?? 0);
  }
  const features = Uint16Array.from(present);
  const offsets = new Uint32Array(features.length + 1);
  features.forEach((id, at) => {
    offsets[at + 1] = ends[id + 1] ?? 0;
  });
  const postingRecords = new Uint16Array(ends[FEATURE_DIMENSIONS] ?? 0);
  const postingWeights = new Float32Array(postingRecords.length);
  vectors.forEach(({ ids, weights }, record) => {
    for (let at = 0; at < ids.length; at += 1) {
      const id = ids[at] ?? 0;
      const slot = ends[id] ?? 0;
      ends[id] = slot + 1;
      postingRecords[slot] = record;
      postingWeights[slot] = weights[at] ?? 0;
    }
  });
  return { features, offsets, postingRecords, postingWeights };
}

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

/** Adds the dot product of `vector` and each record to that record's place in `sums`. */
export function addLikeness(postings: Postings, { ids, weights }: FeatureVector, sums: Float64Array): void {
  const { features, offsets, postingRecords, postingWeights } = postings;
  for (let at = 0, from = 0; at < ids.length; at += 1) {
    const place = find(features, ids[at] ?? 0, from);
    if (place < 0) continue;
    from = place + 1;
    const weight = weights[at] ?? 0;
    const end = offsets[place + 1] ?? 0;
    for (let posting = offsets[place] ?? 0; posting < end; posting += 1) {
      const record = postingRecords[posting] ?? 0;
      sums[record] = (sums[record] ?? 0) + weight * (postingWeights[posting] ?? 0);
    }
  }
}
