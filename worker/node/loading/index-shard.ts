import type { Vocabulary } from '../engine/vocabulary.ts';
import { buildTokenIndex } from '../next-token/token-index.ts';
import { promptText } from '../records/prompt-text.ts';
import { DEFAULT_QUOTAS } from '../records/quotas.ts';
import type { PatientRecord } from '../records/record.ts';
import { buildShardIndex } from '../retrieval/shard-index.ts';

/** What the loading thread builds of one shard's records, and of nothing else. */
export type IndexShard = {
  indexOf(records: readonly PatientRecord[]): ReturnType<typeof buildShardIndex>;
  tokensOf(records: readonly PatientRecord[], vocabulary: Vocabulary): ReturnType<typeof buildTokenIndex>;
  /** What a model is shown of each record, in the order of the index. */
  textsOf(records: readonly PatientRecord[]): string[];
};

export const indexShard: IndexShard = {
  indexOf: (records) => buildShardIndex(records, DEFAULT_QUOTAS),
  tokensOf: (records, vocabulary) =>
    buildTokenIndex(
      records.map(({ text }) => text),
      vocabulary,
      DEFAULT_QUOTAS,
    ),
  textsOf: (records) => records.slice(0, DEFAULT_QUOTAS.recordsPerShard).map(promptText),
};
