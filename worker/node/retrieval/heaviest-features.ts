import type { FeatureVector } from './features.ts';

/**
 * The vector's `most` heaviest features (the smaller id on a tie), ids ascending. Not scaled to length 1 again: a
 * common factor changes no order of scores.
 */
export function heaviestFeatures(vector: FeatureVector, most: number): FeatureVector {
  if (vector.ids.length <= most) return vector;
  const weightAt = (at: number) => vector.weights[at] ?? 0;
  const kept = [...vector.ids.keys()]
    .sort((a, b) => weightAt(b) - weightAt(a) || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
  return {
    ids: Uint16Array.from(kept, (at) => vector.ids[at] ?? 0),
    weights: Float32Array.from(kept, weightAt),
  };
}
