import fc from 'fast-check';
import { expect, test } from 'vitest';
import { consistencyPath, isConsistent } from './consistency.ts';
import { appendLeaves, EMPTY_ROOT, leafHash, rootOfPeaks } from './merkle.ts';

const SIZE = 34;
const hashes = Array.from({ length: SIZE }, (_, i) => leafHash(Buffer.from(`leaf ${i}`)));
const stored = new Map(
  appendLeaves(0n, [], hashes).completed.map((node) => [`${node.level}/${node.index}`, node.hash]),
);
const read = (level: number, index: bigint) => stored.get(`${level}/${index}`)!;
const rootAt = (size: number) =>
  rootOfPeaks(appendLeaves(0n, [], hashes.slice(0, size)).peaks.map((peak) => peak.hash));
const head = (size: number) => ({ size: BigInt(size), root: rootAt(size) });

test('every tree is proved to continue every smaller one, and no other', async () => {
  for (let second = 0; second <= SIZE; second++) {
    for (let first = 0; first <= second; first++) {
      const path = await consistencyPath(BigInt(first), BigInt(second), read);
      expect(isConsistent(head(first), head(second), path)).toBe(true);
      if (first === 0 || first === second) expect(path).toEqual([]);
      const forged = { size: BigInt(first), root: leafHash(Buffer.from('another history')) };
      expect(isConsistent(forged, head(second), path)).toBe(false);
      if (first > 0)
        expect(isConsistent(head(first), { ...head(second), root: EMPTY_ROOT }, path)).toBe(false);
      expect(isConsistent(head(first), head(second), [...path, EMPTY_ROOT])).toBe(false);
      if (path.length > 0) expect(isConsistent(head(first), head(second), path.slice(1))).toBe(false);
    }
  }
});

test('a smaller tree continues nothing, and no proof is made for it', async () => {
  expect(isConsistent(head(9), head(8), [])).toBe(false);
  await expect(consistencyPath(9n, 8n, read)).rejects.toThrow(RangeError);
});

test('a proof with any one bit changed does not hold', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: SIZE - 1 }),
      fc.integer({ min: 1, max: SIZE }),
      fc.nat(),
      async (first, grown, at) => {
        const second = Math.min(SIZE, first + grown);
        const path = (await consistencyPath(BigInt(first), BigInt(second), read)).map((h) => Buffer.from(h));
        const bit = at % (path.length * 256);
        const hash = path[bit >> 8]!;
        hash[(bit & 255) >> 3]! ^= 1 << (bit & 7);
        expect(isConsistent(head(first), head(second), path)).toBe(false);
      },
    ),
  );
});

test('the proofs of RFC 6962 section 2.1.3 have the hashes that it names', async () => {
  // A tree of seven leaves: the subtrees c (1 leaf), d, e, f, g and so on by their ranges.
  const at = (level: number, index: number) => read(level, BigInt(index));
  expect(await consistencyPath(3n, 7n, read)).toEqual([at(0, 2), at(0, 3), at(1, 0), rangeFrom4To7()]);
  expect(await consistencyPath(4n, 7n, read)).toEqual([rangeFrom4To7()]);
  expect(await consistencyPath(6n, 7n, read)).toEqual([at(1, 2), at(0, 6), at(2, 0)]);
});

function rangeFrom4To7(): Buffer {
  return rootOfPeaks([read(1, 2n), read(0, 6n)]);
}
