import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { DEFAULT_QUOTAS } from '../records/quotas.ts';
import { emptyShardIndex } from '../retrieval/shard-index.ts';
import { memoryMb } from './memory-quota.ts';
import { type ShardData, shareIndex } from './shard-data.ts';

const SHARDS = 64;
const { labelKeysPerShard, labelCharactersPerShard, labelsPerShard, recordsPerShard } = DEFAULT_QUOTAS;

/** A shard whose labels fill their quotas, in letters of two bytes. */
function fullShard(shard: number): ShardData {
  const length = labelCharactersPerShard / labelKeysPerShard;
  const keys = Array.from({ length: labelKeysPerShard }, (_, at) => `${shard}-${at}`.padEnd(length, 'ж'));
  const rows = new Map(keys.map((key, at) => [key, at % labelsPerShard]));
  const weights = Array.from({ length: labelsPerShard }, () => new Float32Array(recordsPerShard));
  return {
    index: shareIndex({ ...emptyShardIndex(), recordCount: recordsPerShard, labels: { rows, weights } }),
    tokens: null,
  };
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is reachable, in MiB: without what only waits to be collected. */
function reachableMb(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

test('what a thread holds of shards at their quotas of labels, twice while it learns, is within what is counted for them', () => {
  const data = Array.from({ length: SHARDS }, (_, shard) => fullShard(shard));
  const beforeMb = reachableMb();
  // As a message does it.
  const copies = [structuredClone(data), structuredClone(data)];
  const heldMb = reachableMb() - beforeMb;
  // Read after the measurement: what is counted must still be held.
  expect(copies.map(({ length }) => length)).toEqual([SHARDS, SHARDS]);
  expect(heldMb).toBeLessThan(memoryMb(SHARDS) - memoryMb(0));
});
