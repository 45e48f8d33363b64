import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { loadOrCreateSecret } from '#lib/crypto/key-files';

/** Where a node keeps its records, and what assigns them to shards. Plain data: threads are given it. */
export type StorePlace = {
  folder: string;
  keyFile: string;
  decisionsFile: string;
  shardKey: Uint8Array;
  shards: number;
};

/** The shard key is the node's own and stays, so that assignments survive restarts, refreshes and a lost store. */
export function storePlace(dataDir: string, shards: number): StorePlace {
  return {
    folder: join(dataDir, 'records'),
    keyFile: join(dataDir, 'records.key'),
    decisionsFile: join(dataDir, 'record-decisions.ndjson'),
    shardKey: loadOrCreateSecret(join(dataDir, 'shard.key')),
    shards,
  };
}

export function shardKeyId({ shardKey }: StorePlace): string {
  return createHash('sha256').update('fdlr/shard-key/v1').update(shardKey).digest('hex').slice(0, 16);
}
