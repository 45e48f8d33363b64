import { describe, expect, test } from 'vitest';
import { CHARACTERS_PER_PROMPT, DEFAULT_QUOTAS, FEATURES_PER_PROMPT } from '../records/quotas.ts';
import type { Label } from '../records/record.ts';
import { castVotes } from './cast-votes.ts';
import { buildShardIndex, emptyShardIndex, type ShardIndex } from './shard-index.ts';

type Entry = readonly [text: string, ...labels: Label[]];
const PNEUMONIA: Label = { code: 'J18.9', display: 'Pneumonia, unspecified organism' };
const SEPSIS: Label = { code: '91302008', display: 'Sepsis (disorder)' };
const MIGRAINE: Label = { code: 'G43.909', display: 'Migraine' };

const shard = (...entries: Entry[]): ShardIndex =>
  buildShardIndex(
    entries.map(([text, ...labels], at) => ({ patientId: `p${at}`, text, labels })),
    DEFAULT_QUOTAS,
  );
const LUNGS = shard(['fever and productive cough', PNEUMONIA], ['throbbing headache, nausea', MIGRAINE]);
const votes = (shards: readonly ShardIndex[], labels: readonly string[], prompt = 'cough and fever') => [
  ...castVotes({ shards, prompt, labels }).counts,
];

describe('castVotes', () => {
  test('each shard votes once, for what its records say', () => {
    expect(votes([LUNGS, LUNGS], ['J18.9', 'G43.909'])).toEqual([2, 0]);
    expect(votes([LUNGS], ['J18.9', 'G43.909'], 'headache with nausea')).toEqual([0, 1]);
  });

  test.each([
    ['code', 'J18.9'],
    ['code in another case, padded', '  j18.9 '],
    ['display', 'Pneumonia, unspecified organism'],
    ['display in another case', 'PNEUMONIA,  unspecified ORGANISM'],
  ])('matches a label by %s', (_, label) => {
    expect(votes([LUNGS], ['Migraine', label])).toEqual([0, 1]);
  });

  test('matches a display with or without its trailing qualifier, on either side', () => {
    const one = shard(['fever and rigors', SEPSIS]);
    expect(votes([one], ['Sepsis'])).toEqual([1]);
    expect(votes([one], ['sepsis (disorder)'])).toEqual([1]);
    expect(votes([shard(['fever', { code: 'A41.9', display: 'Sepsis' }])], ['Sepsis (disorder)'])).toEqual([
      1,
    ]);
  });

  test('a record without a label of the caller is passed over, however near', () => {
    const one = shard(['cough and fever', SEPSIS], ['a little cough', PNEUMONIA]);
    expect(votes([one], ['J18.9', 'G43.909'])).toEqual([1, 0]);
  });

  test('abstains without a matching label, without a word in common, and without records', () => {
    expect(votes([LUNGS], ['Epilepsy', 'Kidney stone'])).toEqual([0, 0]);
    expect(votes([LUNGS], ['J18.9', 'G43.909'], 'ankle sprain')).toEqual([0, 0]);
    expect(votes([LUNGS], ['J18.9', 'G43.909'], '')).toEqual([0, 0]);
    expect(votes([emptyShardIndex()], ['J18.9'])).toEqual([0]);
  });

  test('of two labels that the same records carry the first named gets the vote', () => {
    const one = shard(['fever and cough', SEPSIS, PNEUMONIA]);
    expect(votes([one], ['J18.9', 'Sepsis'])).toEqual([1, 0]);
    expect(votes([one], ['Sepsis', 'J18.9'])).toEqual([1, 0]);
  });

  test('a rare label is heard beside a frequent one, and what all records say decides nothing', () => {
    const usual: Entry[] = Array.from({ length: 12 }, () => ['fever and cough since last night', PNEUMONIA]);
    const one = shard(...usual, ['fever and throbbing headache since last night', MIGRAINE]);
    const labels = ['J18.9', 'G43.909'];
    expect(votes([one], labels, 'fever and throbbing headache since last night')).toEqual([0, 1]);
    expect(votes([one], labels, 'fever and cough since last night')).toEqual([1, 0]);
  });

  test('what is denied is not what is present', () => {
    const one = shard(
      ['presents with headache. Denies fever, cough and chills.', MIGRAINE],
      ['presents with fever, cough and a slight headache', PNEUMONIA],
    );
    expect(votes([one], ['J18.9', 'G43.909'], 'fever with cough and chills')).toEqual([1, 0]);
  });

  test('a prompt counts by its heaviest features, up to a fixed number and length', () => {
    const filler = Array.from({ length: 600 }, (_, at) => `zq${'abcdefghij'[at % 10]}${at}q`).join(' ');
    const far = shard(['wheezing', PNEUMONIA], [filler, MIGRAINE]);
    let visited = 0;
    const counted: ShardIndex = {
      ...far,
      offsets: new Proxy(far.offsets, {
        get(offsets, key) {
          if (typeof key === 'string' && /^\d+$/.test(key)) visited += 1;
          return Reflect.get(offsets, key);
        },
      }),
    };
    expect(votes([counted], ['J18.9', 'G43.909'], filler)).toEqual([0, 1]);
    expect(visited).toBeGreaterThan(0);
    expect(visited).toBeLessThanOrEqual(2 * FEATURES_PER_PROMPT);
    const beyond = `${' '.repeat(CHARACTERS_PER_PROMPT)}wheezing`;
    expect(votes([far], ['J18.9', 'G43.909'], beyond)).toEqual([0, 0]);
  });

  test('a shard that throws abstains and leaves the others alone', () => {
    const broken: ShardIndex = {
      ...LUNGS,
      get labels(): ShardIndex['labels'] {
        throw new Error('torn index');
      },
    };
    expect(votes([LUNGS, broken, LUNGS], ['J18.9', 'G43.909'])).toEqual([2, 0]);
  });
});
