import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildShards } from '../../../worker/node/records/build-shards.ts';
import { readBulkFolder } from '../../../worker/node/records/read-bulk-folder.ts';
import { castVotes } from '../../../worker/node/retrieval/cast-votes.ts';
import type { ShardIndex } from '../../../worker/node/retrieval/shard-index.ts';
import { CONDITIONS, generateHeldOutCases, generateHospitalRecords } from './index.ts';

// One hospital of half the demonstration's size: the task must be worth asking, and not be trivial.
const SHARDS = 32;
let folder: string;
let shards: ShardIndex[];
let recordsRead: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'accuracy-'));
  await generateHospitalRecords({ seed: 'accuracy', hospitalKey: 'harbour', patients: 2_000, folder });
  const { records } = await readBulkFolder(folder);
  recordsRead = records.length;
  shards = buildShards({ records, shardKey: Buffer.alloc(32, 7), shards: SHARDS });
});
afterAll(() => rm(folder, { recursive: true }));

test("the quotas cut nothing off the demonstration's records", () => {
  expect(shards.reduce((sum, { recordCount }) => sum + recordCount, 0)).toBe(recordsRead);
});

test('one shard is often wrong, the plurality of shards seldom', () => {
  const cases = generateHeldOutCases({ seed: 'accuracy', count: 120 });
  let rightVotes = 0;
  let rightPluralities = 0;
  cases.forEach(({ text, code }, number) => {
    const truth = CONDITIONS.findIndex((condition) => condition.code === code);
    const others = [1, 8, 15].map((step) => CONDITIONS[(truth + step + (number % 5)) % CONDITIONS.length]);
    const labels = [code, ...others.map((condition) => condition?.display ?? '')];
    const { counts } = castVotes({ shards, prompt: text, labels });
    rightVotes += counts[0] ?? 0;
    if (counts.slice(1).every((count) => count < (counts[0] ?? 0))) rightPluralities += 1;
  });
  const perShard = rightVotes / (cases.length * SHARDS);
  expect(perShard).toBeGreaterThan(0.75);
  expect(perShard).toBeLessThan(0.95);
  expect(rightPluralities / cases.length).toBeGreaterThan(0.9);
});

test('a clear presentation convinces more than 70 % of the shards', () => {
  const prompt =
    'A 58-year-old man has had crushing central chest pain radiating to the left arm for two hours, with ' +
    'profuse sweating and nausea. What is the most likely diagnosis?';
  const labels = ['Acute myocardial infarction', 'Pulmonary embolism', 'Pneumonia', 'Heart failure'];
  const { counts } = castVotes({ shards, prompt, labels });
  expect((counts[0] ?? 0) / SHARDS).toBeGreaterThan(0.7);
});

test('held-out cases are the same for the same seed and never name their diagnosis by code', () => {
  const cases = generateHeldOutCases({ seed: 'accuracy', count: 40 });
  expect(generateHeldOutCases({ seed: 'accuracy', count: 40 })).toEqual(cases);
  expect(generateHeldOutCases({ seed: 'other', count: 40 })).not.toEqual(cases);
  for (const { text, code, display } of cases) {
    expect(text).not.toContain(code);
    expect(CONDITIONS.some((condition) => condition.code === code && condition.display === display)).toBe(
      true,
    );
  }
});
