import { expect, test } from 'vitest';
import { emptyShardIndex } from '../retrieval/shard-index.ts';
import { LETTERS } from '../testing/letters.ts';
import { tokenRehearsals, voteRehearsals } from './rehearsals.ts';
import type { ShardData } from './shard-data.ts';

/** A shard that knows labels and nothing else. */
const knowing = (...keys: string[]): ShardData => ({
  index: { ...emptyShardIndex(), labels: { rows: new Map(keys.map((key) => [key, 0])), weights: [] } },
  tokens: null,
});

test("a shard is rehearsed with its own labels: another one's change nothing about what it is asked", () => {
  const askedOf = (shards: readonly ShardData[], shard: number) =>
    voteRehearsals(shards).filter(({ todo }) => todo.includes(shard));
  const before = [knowing('flu'), knowing('asthma')];
  const hostile = [knowing(...Array.from({ length: 100 }, (_, at) => `label ${at}`)), knowing('asthma')];
  expect(askedOf(hostile, 1)).toEqual(askedOf(before, 1));
  expect(askedOf(before, 1)).not.toHaveLength(0);
  expect(askedOf(before, 1).every(({ todo }) => todo.length === 1)).toBe(true);
});

test('tokens are rehearsed with the vocabulary alone, by every shard', () => {
  expect(tokenRehearsals(LETTERS, 3).every(({ todo }) => todo.join() === '0,1,2')).toBe(true);
});
