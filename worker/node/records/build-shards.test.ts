import { expect, test } from 'vitest';
import { castVotes } from '../retrieval/cast-votes.ts';
import { buildShards, partition } from './build-shards.ts';
import { DEFAULT_QUOTAS } from './quotas.ts';
import type { PatientRecord } from './record.ts';
import { shardOf } from './shard-of.ts';

const KEY = Buffer.alloc(32, 3);
const SHARDS = 16;
const TEXTS = [
  ['fever, cough with green sputum and crackles', 'J18.9'],
  ['wheezing and cough at night', 'J45.901'],
  ['crushing chest pain and sweating', 'I21.9'],
] as const;
const record = (patientId: string, text: string, code: string): PatientRecord => ({
  patientId,
  text,
  labels: [{ code, display: code }],
});
const RECORDS = Array.from({ length: 300 }, (_, at) => {
  const [text, code] = TEXTS[at % TEXTS.length] ?? TEXTS[0];
  return record(`patient-${at % 90}`, `${text} visit${at}`, code);
});
const build = (records: readonly PatientRecord[], quotas = DEFAULT_QUOTAS) =>
  buildShards({ records, shardKey: KEY, shards: SHARDS, quotas });

test('shardOf is HMAC-SHA256 modulo the shards, and depends on the key', () => {
  // First six bytes of HMAC-SHA256(32 x 0x03, "patient-1"), from `openssl dgst -sha256 -mac HMAC`.
  expect(shardOf(KEY, 'patient-1', 2 ** 48)).toBe(0x21b1e74ddb25);
  expect(shardOf(KEY, 'patient-1', 64)).toBe(0x21b1e74ddb25 % 64);
  const moved = RECORDS.filter(
    ({ patientId }) => shardOf(KEY, patientId, 64) !== shardOf(Buffer.alloc(32, 4), patientId, 64),
  );
  expect(moved.length).toBeGreaterThan(RECORDS.length / 2);
  expect(() => shardOf(KEY, 'patient-1', 0)).toThrow(RangeError);
  expect(() => shardOf(Buffer.alloc(4), 'patient-1', 64)).toThrow(RangeError);
});

test('a patient lies in one shard, and no record is lost', () => {
  const parts = partition(RECORDS, KEY, SHARDS);
  expect(parts).toHaveLength(SHARDS);
  expect(parts.flat()).toHaveLength(RECORDS.length);
  const shardsOfPatient = new Map<string, Set<number>>();
  parts.forEach((records, shard) => {
    for (const { patientId } of records) {
      shardsOfPatient.set(patientId, (shardsOfPatient.get(patientId) ?? new Set()).add(shard));
    }
  });
  expect([...shardsOfPatient.values()].every((shards) => shards.size === 1)).toBe(true);
});

test.each(['patient-0', 'patient-17', 'patient-42'])(
  'erasing %s changes that shard and no other',
  (erased) => {
    const before = build(RECORDS);
    const after = build(RECORDS.filter(({ patientId }) => patientId !== erased));
    const changed = before.flatMap((shard, at) => {
      try {
        expect(after[at]).toEqual(shard);
        return [];
      } catch {
        return [at];
      }
    });
    expect(changed).toEqual([shardOf(KEY, erased, SHARDS)]);
  },
);

test("replacing one patient's records moves at most one vote", () => {
  const input = { prompt: 'cough with sputum and fever', labels: ['J18.9', 'J45.901', 'I21.9'] };
  const before = castVotes({ ...input, shards: build(RECORDS) }).counts;
  const hostile = RECORDS.map((one) =>
    one.patientId === 'patient-5' ? record('patient-5', input.prompt, 'I21.9') : one,
  );
  const after = castVotes({ ...input, shards: build(hostile) }).counts;
  const moved = before.reduce((sum, count, at) => sum + Math.abs(count - (after[at] ?? 0)), 0);
  expect(moved).toBe(2);
});

test('quotas bound records, words, characters and labels of every shard', () => {
  const few = build(RECORDS, { ...DEFAULT_QUOTAS, recordsPerShard: 5 });
  expect(few.every(({ recordCount }) => recordCount <= 5)).toBe(true);
  expect(few.some(({ recordCount }) => recordCount === 5)).toBe(true);

  const long = [record('p', `fever ${'the '.repeat(10)} hemoptysis`, 'J18.9')];
  const features = (quotas: Partial<typeof DEFAULT_QUOTAS>) =>
    build(long, { ...DEFAULT_QUOTAS, ...quotas }).reduce((sum, shard) => sum + shard.features.length, 0);
  // Two words and their pair, "the" is too common to count; and three words of the opening.
  expect(features({})).toBe(3 + 3);
  expect(features({ wordsPerRecord: 5 })).toBe(1 + 2);
  expect(features({ charactersPerRecord: 10 })).toBe(1 + 2);

  const many: PatientRecord = {
    ...record('p', 'fever', 'a'),
    labels: ['a', 'b', 'c'].map((code) => ({ code, display: code })),
  };
  const keys = build([many], { ...DEFAULT_QUOTAS, labelsPerRecord: 2 }).flatMap((shard) => [
    ...shard.labels.rows.keys(),
  ]);
  expect(keys).toEqual(['a', 'b']);
  expect(
    build([many], { ...DEFAULT_QUOTAS, labelsPerShard: 0 }).every(({ labels }) => labels.rows.size === 0),
  ).toBe(true);
});

test('quotas bound what labels are called, in number and in characters', () => {
  const displays = Array.from({ length: 40 }, (_, at) => `Name ${at} ${'x'.repeat(200)}`);
  const hostile = displays.map((display, at) => ({
    ...record('p', 'fever', 'a'),
    labels: [{ code: `c${at}`, display }],
  }));
  const keysWith = (quotas: Partial<typeof DEFAULT_QUOTAS>) =>
    build(hostile, { ...DEFAULT_QUOTAS, ...quotas }).flatMap(({ labels }) => [...labels.rows.keys()]);
  expect(keysWith({})).toHaveLength(80);
  expect(keysWith({ labelKeysPerShard: 7 })).toHaveLength(7);
  const few = keysWith({ labelCharactersPerShard: 1_000 });
  expect(few.length).toBeGreaterThan(4);
  expect(few.join('').length).toBeLessThanOrEqual(1_000);
});

test('a shard whose records cannot be indexed is empty; the others are as before', () => {
  const broken: PatientRecord = {
    patientId: 'patient-0',
    labels: [],
    get text(): string {
      throw new Error('unreadable');
    },
  };
  const shard = shardOf(KEY, 'patient-0', SHARDS);
  const healthy = build(RECORDS);
  const shards = build([...RECORDS, broken]);
  expect(shards).toHaveLength(SHARDS);
  expect(shards[shard]?.recordCount).toBe(0);
  expect(shards.filter((_, at) => at !== shard)).toEqual(healthy.filter((_, at) => at !== shard));
});
