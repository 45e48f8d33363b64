/**
 * What one shard may use, the same for every shard and fixed before any record is read (privacy.md section 1).
 * A vote visits at most `FEATURES_PER_PROMPT` times `recordsPerShard` postings of a shard, whatever stands in its
 * records, so that one patient's records cannot slow or starve another shard. Measured: npm run bench -- vote-time.
 */
export type ShardQuotas = {
  /** Further records of the shard are left out, in order of arrival. */
  recordsPerShard: number;
  /** Words of a record that count, from its beginning. */
  wordsPerRecord: number;
  /** Characters of a record that are kept at all. */
  charactersPerRecord: number;
  labelsPerRecord: number;
  /** Different labels a shard votes for; further ones are left out, in order of arrival. */
  labelsPerShard: number;
  /** What a shard's labels may be called: codes and words, each counted once. Further ones are left out. */
  labelKeysPerShard: number;
  /** Characters of all of these together. */
  labelCharactersPerShard: number;
  /** Tokens of a record that short answers look at, from its beginning. */
  tokensPerRecord: number;
  /** Tokens of a shard; records beyond are left out, in order of arrival. */
  tokensPerShard: number;
};

/** What one patient may fill while an export is read, so that nobody's records exhaust the node's memory. */
export type PatientQuotas = {
  /** Resources of each type that are looked at, in order of arrival. */
  resourcesPerType: number;
  recordsPerPatient: number;
  charactersPerPatient: number;
  /** Characters of a label's code, and of its words. */
  charactersPerLabel: number;
};

export type Quotas = ShardQuotas & PatientQuotas;

/** Of records and words, more than 18,000 records in 64 shards need: about 280 records of 60 words in each. */
export const DEFAULT_QUOTAS: Readonly<Quotas> = {
  recordsPerShard: 512,
  wordsPerRecord: 256,
  charactersPerRecord: 8_192,
  labelsPerRecord: 16,
  labelsPerShard: 512,
  labelKeysPerShard: 1_536,
  labelCharactersPerShard: 98_304,
  tokensPerRecord: 256,
  tokensPerShard: 131_072,
  resourcesPerType: 2_048,
  recordsPerPatient: 256,
  charactersPerPatient: 1_048_576,
  charactersPerLabel: 256,
};

/** How much of a prompt is read. */
export const CHARACTERS_PER_PROMPT = 8_192;
export const WORDS_PER_PROMPT = 1_024;
/**
 * Features of a prompt that count: its heaviest. They are chosen by the prompt and public weights alone, before any
 * shard is looked at. Half of it in words and half in pairs suffices for a case summary of 128 words.
 */
export const FEATURES_PER_PROMPT = 256;
