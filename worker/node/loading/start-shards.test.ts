import { rename } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ROUND_DEADLINE_MS } from '#lib/nodes/round-deadline';
import { shardOf } from '../records/shard-of.ts';
import { condition, note, patient, textContent, useExportFolder } from '../records/testing-export.ts';
import { LETTERS } from '../testing/letters.ts';
import { startShards } from './start-shards.ts';

const KEY = Buffer.alloc(32, 9);
const SHARDS = 4;
const { path, write } = useExportFolder();

test('tokens that could not be learnt, as the records were away, are learnt later; no shard is blamed that ended nothing', async () => {
  // One whose shard is not the first: its thread ends, and the records cannot be read anew.
  const villain = Array.from({ length: 50 }, (_, at) => `v${at}`).find(
    (id) => shardOf(KEY, id, SHARDS) === 2,
  )!;
  const ids = ['p0', 'p1', 'p2', 'p3', villain];
  const says = (id: string) => (id === villain ? 'poison exits at tokens' : 'cough and fever');
  await write(
    'Patient',
    ids.map((id) => patient(id)),
  );
  await write(
    'Condition',
    ids.map((id) => condition(`c${id}`, id, { recordedDate: '2024-05-06' })),
  );
  await write(
    'DocumentReference',
    ids.map((id) => note(`n${id}`, id, undefined, textContent(says(id)))),
  );
  const quarantined: number[] = [];
  const shards = await startShards({
    recordsDir: path(),
    shardKey: KEY,
    shards: SHARDS,
    lanes: 1,
    roundMs: ROUND_DEADLINE_MS,
    modules: { indexer: new URL('../testing/poison-indexer.ts', import.meta.url) },
    onQuarantined: (shard) => quarantined.push(shard),
  });
  await rename(path(), `${path()}-away`);
  await expect(shards.learnTokens(LETTERS)).rejects.toThrow();
  await rename(`${path()}-away`, path());
  await shards.learnTokens(LETTERS);
  expect(quarantined).toEqual([2]);
  await shards.close();
});
