import { buildShardIndex, emptyShardIndex, type ShardIndex } from '../retrieval/shard-index.ts';
import { DEFAULT_QUOTAS, type ShardQuotas } from './quotas.ts';
import type { PatientRecord } from './record.ts';
import { shardOf } from './shard-of.ts';

/** The records of each shard, in order of arrival; a patient's records all lie in one. */
export function partition(
  records: readonly PatientRecord[],
  shardKey: Buffer,
  shards: number,
): PatientRecord[][] {
  const parts: PatientRecord[][] = Array.from({ length: shards }, () => []);
  const shardByPatient = new Map<string, number>();
  for (const record of records) {
    let shard = shardByPatient.get(record.patientId);
    if (shard === undefined) {
      shard = shardOf(shardKey, record.patientId, shards);
      shardByPatient.set(record.patientId, shard);
    }
    parts[shard]?.push(record);
  }
  return parts;
}

/**
 * One index per shard, always `shards` of them, built one after the other from that shard's records alone. A shard
 * whose records cannot be indexed is empty and abstains; the others are not touched.
 */
export function buildShards(input: {
  records: readonly PatientRecord[];
  shardKey: Buffer;
  shards: number;
  quotas?: ShardQuotas;
}): ShardIndex[] {
  const quotas = input.quotas ?? DEFAULT_QUOTAS;
  return partition(input.records, input.shardKey, input.shards).map((records) => {
    try {
      return buildShardIndex(records, quotas);
    } catch {
      return emptyShardIndex();
    }
  });
}
