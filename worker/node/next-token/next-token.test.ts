import { describe, expect, test } from 'vitest';
import { GRID, quantiseClipped } from '#lib/privacy/mechanisms/short-answer';
import { partition } from '../records/build-shards.ts';
import { DEFAULT_QUOTAS } from '../records/quotas.ts';
import type { PatientRecord } from '../records/record.ts';
import { shardOf } from '../records/shard-of.ts';
import { readPrompt } from '../retrieval/read-prompt.ts';
import { buildShardIndex } from '../retrieval/shard-index.ts';
import { LETTERS } from '../testing/letters.ts';
import { findNeighbours, NEIGHBOURS } from './neighbours.ts';
import { shardTokenVector } from './shard-token-vector.ts';
import { buildTokenIndex, START, type TokenIndex } from './token-index.ts';
import { createTokenizer } from './tokenizer.ts';

const id = (piece: string) => LETTERS.pieces.indexOf(piece);
const index = (...texts: string[]) => buildTokenIndex(texts, LETTERS, DEFAULT_QUOTAS);
const near = (tokens: TokenIndex, key: number[], likeness: number[]) => {
  const { weights, total } = findNeighbours(tokens, key, likeness);
  return Object.fromEntries([...weights].map(([next, weight]) => [LETTERS.pieces[next], weight / total]));
};

describe('tokens of records', () => {
  const tokenize = createTokenizer(LETTERS);
  const pieces = (text: string, most = 100) => tokenize(text, most).map((token) => LETTERS.pieces[token]);

  test('the best merge is made first; white space is one space', () => {
    expect(pieces('the  he\n\tat')).toEqual(['▁the', '▁', 'he', '▁', 'a', 't']);
  });

  test('a quota of tokens cuts, also within a word', () => {
    expect(pieces('abcdef', 3)).toEqual(['▁', 'a', 'b']);
  });

  test('a word of a million letters is cut into short ones', () => {
    expect(tokenize('x'.repeat(1_000_000), 256)).toHaveLength(256);
  });
});

describe('neighbours', () => {
  test('go on as the records do, by the longest match and the likest record', () => {
    const tokens = index('ab', 'ac');
    const key = [START, id('▁'), id('a')];
    expect(near(tokens, key, [1, 1])).toEqual({ b: 0.5, c: 0.5 });
    expect(near(tokens, key, [3, 1])).toEqual({ b: 0.75, c: 0.25 });
    expect(near(tokens, key, [1, 0])).toEqual({ b: 1 });
    // Two further tokens match in the first record, one in the second.
    const longer = index('xab', 'yac');
    const share = NEIGHBOURS.perMatch / (NEIGHBOURS.perMatch + 1);
    expect(near(longer, [id('x'), id('a')], [1, 1])).toEqual({ b: share, c: expect.closeTo(1 - share) });
  });

  test("an answer begins as records begin, and ends where they end; one record's end is no other's beginning", () => {
    const tokens = index('a', 'b');
    expect(near(tokens, [START], [1, 1])).toEqual({ '▁': 1 });
    expect(near(tokens, [START, id('▁'), id('a')], [1, 1])).toEqual({ '</s>': 1 });
    expect(near(tokens, [LETTERS.end], [1, 1])).toEqual({});
  });

  test('none: no weight at all', () => {
    expect(findNeighbours(index('ab'), [id('z')], [1]).total).toBe(0);
    expect(findNeighbours(index(), [START], []).total).toBe(0);
    expect(findNeighbours(index('ab'), [START], [Number.NaN]).total).toBe(0);
  });

  test('are looked at up to a quota, however often a token occurs', () => {
    const tokens = index(...Array.from({ length: 40 }, () => 'a'.repeat(200)));
    let looked = 0;
    const counted = new Proxy(tokens.places, {
      get(places, key) {
        if (typeof key === 'string' && /^\d+$/.test(key)) looked += 1;
        return Reflect.get(places, key);
      },
    });
    findNeighbours({ ...tokens, places: counted }, [id('a')], new Array(40).fill(1));
    expect(looked).toBe(NEIGHBOURS.mostPlaces);
  });

  test('quotas bound the tokens of a record and of a shard', () => {
    const quotas = { ...DEFAULT_QUOTAS, tokensPerRecord: 5, tokensPerShard: 20, recordsPerShard: 9 };
    const tokens = buildTokenIndex(new Array(50).fill('abcdefgh'), LETTERS, quotas);
    // Five tokens, the beginning and the end: two records fit.
    expect(tokens.tokens).toHaveLength(14);
  });
});

describe('a vector', () => {
  test.each([
    [0.5, 0, 8_192, 4_096],
    [9, 0, 8_192, 8_192],
    [-9, 0, 8_192, -8_192],
    [Number.NaN, 0, 8_192, 0],
    [Number.NEGATIVE_INFINITY, 0, 8_192, 0],
    [-1, Number.NEGATIVE_INFINITY, 8_192, 0],
    [1.4 / GRID, 0, 8_192, 1],
  ])('%d against %d within %d is %d', (phi, phiPub, bound, expected) => {
    expect(quantiseClipped(phi, phiPub, bound)).toBe(expected);
  });

  const question = (key: number[], bound: number) => ({
    prompt: readPrompt('cough'),
    key,
    candidates: [id('b'), id('c')],
    logProbs: [Math.log(0.3), Math.log(0.2)],
    bound,
  });
  const shard = (...texts: string[]) => ({
    index: buildShardIndex(
      texts.map((text, at) => ({ patientId: `p${at}`, text, labels: [] })),
      DEFAULT_QUOTAS,
    ),
    tokens: index(...texts),
  });

  test('is the interpolated log-probability against the model alone', () => {
    const wide = [...shardTokenVector(shard('cough ab'), question([id('a')], 100 * GRID))];
    const { lambda } = NEIGHBOURS;
    expect(wide).toEqual([
      Math.round(GRID * Math.log(((1 - lambda) * 0.3 + lambda) / 0.3)),
      Math.round(GRID * Math.log(1 - lambda)),
    ]);
    expect([...shardTokenVector(shard('cough ab'), question([id('a')], GRID / 2))]).toEqual([4_096, -4_096]);
  });

  test('without a neighbour, or a word in common, is zero', () => {
    expect([...shardTokenVector(shard('cough ab'), question([id('z')], GRID))]).toEqual([0, 0]);
    expect([...shardTokenVector(shard('fever ab'), question([id('a')], GRID))]).toEqual([0, 0]);
    expect([...shardTokenVector(shard(), question([START], GRID))]).toEqual([0, 0]);
  });
});

describe('deleting a patient', () => {
  const KEY = Buffer.alloc(32, 4);
  const SHARDS = 12;
  const RECORDS: PatientRecord[] = Array.from({ length: 120 }, (_, at) => ({
    patientId: `p${at % 40}`,
    text: `cough and ${['fever', 'pain', 'rash'][at % 3]} on day ${at}`,
    labels: [{ code: 'R05', display: 'Cough' }],
  }));
  const vectors = (records: readonly PatientRecord[]) =>
    partition(records, KEY, SHARDS).map((own) => {
      const data = {
        index: buildShardIndex(own, DEFAULT_QUOTAS),
        tokens: buildTokenIndex(
          own.map(({ text }) => text),
          LETTERS,
          DEFAULT_QUOTAS,
        ),
      };
      const candidates = [...LETTERS.pieces.keys()].slice(2);
      const logProbs = candidates.map(() => -Math.log(candidates.length));
      const asks = [[START], [id('d'), id('a'), id('y'), id('▁')], [id('o'), id('n'), id('▁')]];
      return asks.flatMap((key) => [
        ...shardTokenVector(data, {
          prompt: readPrompt('cough with fever'),
          key,
          candidates,
          logProbs,
          bound: 2 * GRID,
        }),
      ]);
    });
  const before = vectors(RECORDS);

  test.each(['p0', 'p17', 'p39'])(
    "%s changes that shard's distribution and no other, to the bit",
    (deleted) => {
      const after = vectors(RECORDS.filter(({ patientId }) => patientId !== deleted));
      const changed = before.flatMap((vector, shard) =>
        vector.join() === after[shard]?.join() ? [] : [shard],
      );
      expect(changed).toEqual([shardOf(KEY, deleted, SHARDS)]);
    },
  );
});
