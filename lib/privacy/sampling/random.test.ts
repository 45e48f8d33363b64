import { describe, expect, it } from 'vitest';
import { chiSquarePValue } from '../testing/chi-square.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { randomSourceFrom, secureRandom } from './random.ts';

/** A source whose 32-bit words are the given ones, over and over. */
function fromWords(words: readonly number[]) {
  let at = 0;
  return randomSourceFrom((block) => {
    const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
    for (let byte = 0; byte < block.length; byte += 4) {
      view.setUint32(byte, words[at % words.length]!);
      at += 1;
    }
  });
}

describe('below', () => {
  it('rejects a draw outside the range instead of folding it in', () => {
    const source = fromWords([3, 7, 2, 3, 1]);
    expect([source.below(3n), source.below(3n)]).toEqual([2n, 1n]);
  });

  it('joins words for ranges beyond 32 bits', () => {
    expect(fromWords([1, 2]).below(1n << 64n)).toBe((1n << 32n) | 2n);
    expect(fromWords([0xffff_ffff, 0xffff_ffff, 0x1f, 5]).below(1n << 33n)).toBe((1n << 33n) - 1n);
  });

  it('needs no randomness for a single value', () => {
    const never = randomSourceFrom(() => {
      throw new Error('asked for bytes');
    });
    expect(never.below(1n)).toBe(0n);
  });

  it('is uniform over ranges that are no power of two, across many blocks', () => {
    for (const n of [2, 3, 10, 1000]) {
      const source = seededRandom(`uniform ${n}`);
      const counts = new Array<number>(n).fill(0);
      for (let i = 0; i < 40_000; i += 1) counts[source.belowNumber(n)]! += 1;
      expect(chiSquarePValue(counts, new Array<number>(n).fill(1 / n))).toBeGreaterThan(1e-6);
    }
  });

  it('draws the same as a number and as a bigint, on both sides of a word', () => {
    for (const n of [1, 2, 3, 1000, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 48, 2 ** 53 - 1]) {
      const numbers = seededRandom(`both ${n}`);
      const bigints = seededRandom(`both ${n}`);
      for (let i = 0; i < 500; i += 1) {
        expect(BigInt(numbers.belowNumber(n))).toBe(bigints.below(BigInt(n)));
      }
    }
  });

  it('refuses an empty range', () => {
    expect(() => secureRandom.below(0n)).toThrow(RangeError);
    for (const n of [0, -1, 1.5, Number.NaN, 2 ** 53])
      expect(() => secureRandom.belowNumber(n)).toThrow(RangeError);
  });
});

describe('secureRandom', () => {
  it('does not repeat itself', () => {
    const draws = new Set(Array.from({ length: 5000 }, () => secureRandom.below(1n << 128n)));
    expect(draws.size).toBe(5000);
  });
});

describe('seededRandom', () => {
  it('is the same for the same seed only', () => {
    const draw = (seed: string) => seededRandom(seed).below(1n << 128n);
    expect(draw('a')).toBe(draw('a'));
    expect(draw('a')).not.toBe(draw('b'));
  });
});
