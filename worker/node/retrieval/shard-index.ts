import type { ShardQuotas } from '../records/quotas.ts';
import type { PatientRecord } from '../records/record.ts';
import { createFeatureExtractor } from './features.ts';
import { fitLabelWeights, type LabelWeights } from './label-weights.ts';
import { invert, type Postings } from './postings.ts';
import { publicIdf } from './public-idf.ts';

/** What one shard knows: an inverted index over its own records, what they say for each label, and nothing else. */
export type ShardIndex = Postings & { recordCount: number; labels: LabelWeights };

/** Record numbers are 16 bits wide. */
const MOST_RECORDS = 65_535;

/** A shard without an opinion: it abstains always. */
export function emptyShardIndex(): ShardIndex {
  return { recordCount: 0, ...invert([]), labels: { rows: new Map(), weights: [] } };
}

/** Indexes one shard's records within its quotas. Reads nothing that another shard wrote. */
export function buildShardIndex(records: readonly PatientRecord[], quotas: ShardQuotas): ShardIndex {
  const kept = records.slice(0, Math.min(quotas.recordsPerShard, MOST_RECORDS));
  const extract = createFeatureExtractor(publicIdf());
  const postings = invert(
    kept.map((record) => extract(record.text.slice(0, quotas.charactersPerRecord), quotas.wordsPerRecord)),
  );
  return { recordCount: kept.length, ...postings, labels: fitLabelWeights(kept, postings, quotas) };
}
