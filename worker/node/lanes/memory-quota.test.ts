import { expect, test } from 'vitest';
import { ROUND_DEADLINE_MS } from '#lib/nodes/round-deadline';
import { DEFAULT_QUOTAS } from '../records/quotas.ts';
import { emptyShardIndex } from '../retrieval/shard-index.ts';
import { Lanes } from './lanes.ts';
import { voteRehearsals } from './rehearsals.ts';
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

test('the threads bear every shard at its quota of labels, also while they learn another version', async () => {
  let ended = 0;
  const quarantined: number[] = [];
  const data = Array.from({ length: SHARDS }, (_, shard) => fullShard(shard));
  const lanes = await Lanes.start(
    {
      lanes: 1,
      shards: SHARDS,
      roundMs: ROUND_DEADLINE_MS,
      onLaneEnded: () => ended++,
      onQuarantined: (shard) => quarantined.push(shard),
    },
    data,
    voteRehearsals(data),
  );
  await lanes.learn(data, voteRehearsals(data));
  await lanes.learn(data, []);
  expect(await lanes.sum({ kind: 'vote', prompt: 'cough', labels: ['a', 'b'] })).toHaveLength(2);
  expect([ended, quarantined]).toEqual([0, []]);
  await lanes.close();
}, 60_000);
