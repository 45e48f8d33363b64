import { createHmac } from 'node:crypto';

/** Bytes of the HMAC that count: with 48 bits the bias of the remainder is below shards / 2^48. */
const HMAC_BYTES = 6;

/**
 * The patient's shard, HMAC-SHA256(shardKey, patientId) mod shards (privacy.md section 1). Depends on nothing but
 * its arguments: adding or erasing one patient never moves another. Somebody with several Patient resources is one
 * patient here, by one id (patient-identity.ts), if those resources name each other.
 */
export function shardOf(shardKey: Buffer, patientId: string, shards: number): number {
  if (!Number.isSafeInteger(shards) || shards < 1) throw new RangeError('A node has at least one shard.');
  if (shardKey.length < 16) throw new RangeError('The shard key is at least 16 bytes.');
  return createHmac('sha256', shardKey).update(patientId, 'utf8').digest().readUIntBE(0, HMAC_BYTES) % shards;
}
