/** Code, tables of public words, and what a question needs while one shard is asked. */
const OWN_MB = 192;
/**
 * What a shard at its quotas (records/quotas.ts) holds of a thread's own memory: 98,304 characters of label keys of two
 * bytes each, 1,536 keys with their places in the map (100 bytes each) and 512 views of the weights (200 bytes each) are
 * 0.45 MB, and twice that while another version is being learnt. Everything else lies in shared memory.
 */
const SHARD_MB = 1;

/** The most a thread of a lane may use, MB: it follows from the number of shards, which is public. Over it, it ends. */
export function memoryMb(shards: number): number {
  return OWN_MB + SHARD_MB * shards;
}
