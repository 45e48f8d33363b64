/**
 * What one shard may use, the same for every shard and fixed before any record is read (privacy.md section 1):
 * together they bound a vote's work at words of the prompt times records of the shard, so that one patient's
 * records cannot slow or starve another shard.
 */
export type ShardQuotas = {
  /** Further records of the shard are left out, in order of arrival. */
  recordsPerShard: number;
  /** Words of a record that count, from its beginning. */
  wordsPerRecord: number;
  /** Characters of a record that are looked at at all. */
  charactersPerRecord: number;
  labelsPerRecord: number;
};

/** Several times what 18,000 records in 64 shards need. */
export const DEFAULT_QUOTAS: Readonly<ShardQuotas> = {
  recordsPerShard: 1_024,
  wordsPerRecord: 512,
  charactersPerRecord: 16_384,
  labelsPerRecord: 16,
};

/** Words of a prompt that count, for every shard. */
export const WORDS_PER_PROMPT = 1_024;
