import type { ShardQuotas } from '../records/quotas.ts';
import type { PatientRecord } from '../records/record.ts';
import { createFeatureExtractor, FEATURE_DIMENSIONS, type FeatureVector } from './features.ts';
import { keysOfLabel } from './label-keys.ts';
import { publicIdf } from './public-idf.ts';

/**
 * What one shard knows: an inverted index over its own records and nothing else. Postings of `features[i]` lie at
 * `offsets[i]` up to `offsets[i + 1]`.
 */
export type ShardIndex = {
  recordCount: number;
  features: Uint16Array;
  offsets: Uint32Array;
  postingRecords: Uint16Array;
  postingWeights: Float32Array;
  /** Label key to the records that carry it, ascending. */
  recordsByLabel: ReadonlyMap<string, readonly number[]>;
};

/** Record numbers are 16 bits wide. */
const MOST_RECORDS = 65_535;

/** A shard without an opinion: it abstains always. */
export function emptyShardIndex(): ShardIndex {
  return {
    recordCount: 0,
    features: new Uint16Array(0),
    offsets: new Uint32Array(1),
    postingRecords: new Uint16Array(0),
    postingWeights: new Float32Array(0),
    recordsByLabel: new Map(),
  };
}

function labelsToRecords(records: readonly PatientRecord[], quotas: ShardQuotas): Map<string, number[]> {
  const byLabel = new Map<string, number[]>();
  records.forEach((record, number) => {
    const keys = new Set(record.labels.slice(0, quotas.labelsPerRecord).flatMap(keysOfLabel));
    for (const key of keys) {
      const list = byLabel.get(key);
      if (list) list.push(number);
      else byLabel.set(key, [number]);
    }
  });
  return byLabel;
}

/** Transposes record vectors into postings by counting sort. */
function invert(vectors: readonly FeatureVector[]) {
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

/** Indexes one shard's records within its quotas. Reads nothing that another shard wrote. */
export function buildShardIndex(records: readonly PatientRecord[], quotas: ShardQuotas): ShardIndex {
  const kept = records.slice(0, Math.min(quotas.recordsPerShard, MOST_RECORDS));
  const extract = createFeatureExtractor(publicIdf());
  const vectors = kept.map((record) =>
    extract(record.text.slice(0, quotas.charactersPerRecord), quotas.wordsPerRecord),
  );
  return {
    recordCount: kept.length,
    ...invert(vectors),
    recordsByLabel: labelsToRecords(kept, quotas),
  };
}
