import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  appendLeaves,
  EMPTY_ROOT,
  inclusionPath,
  leafHash,
  nodeHash,
  peaksOf,
  rootFromPath,
  rootOfPeaks,
} from './merkle.ts';

/** RFC 6962 section 2.1, literally: the definition that everything else is compared with. */
function rootByDefinition(leaves: Buffer[]): Buffer {
  if (leaves.length === 0) return EMPTY_ROOT;
  if (leaves.length === 1) return leaves[0]!;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(rootByDefinition(leaves.slice(0, split)), rootByDefinition(leaves.slice(split)));
}

/** The leaves of the Certificate Transparency reference tree. */
const CT_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const hashes = (count: number) => Array.from({ length: count }, (_, i) => leafHash(Buffer.from(`leaf ${i}`)));

describe('published vectors', () => {
  test('the empty root', () => {
    expect(EMPTY_ROOT.toString('hex')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  test('the CT tree of 8 leaves', () => {
    const grown = appendLeaves(
      0n,
      [],
      CT_LEAVES.map((leaf) => leafHash(Buffer.from(leaf, 'hex'))),
    );
    expect(rootOfPeaks(grown.peaks.map((peak) => peak.hash)).toString('hex')).toBe(
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    );
  });
});

test('appending in any batches gives the root of the definition', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 12 }), (batches) => {
      const all = hashes(batches.reduce((sum, size) => sum + size, 0));
      let state: { size: bigint; peaks: ReturnType<typeof appendLeaves>['peaks'] } = { size: 0n, peaks: [] };
      for (const size of batches) {
        const from = Number(state.size);
        state = appendLeaves(state.size, state.peaks, all.slice(from, from + size));
        expect(state.peaks.map(({ level, index }) => ({ level, index }))).toEqual(peaksOf(state.size));
      }
      expect(rootOfPeaks(state.peaks.map((peak) => peak.hash))).toEqual(rootByDefinition(all));
    }),
  );
});

describe('inclusion', () => {
  const SIZE = 21;
  const all = hashes(SIZE);
  const stored = new Map(
    appendLeaves(0n, [], all).completed.map((node) => [`${node.level}/${node.index}`, node.hash]),
  );
  const read = (level: number, index: bigint) => {
    const hash = stored.get(`${level}/${index}`);
    if (!hash) throw new Error(`${level}/${index} is not a complete subtree`);
    return hash;
  };

  test("every leaf of every size leads to that size's root, and no other leaf or index does", async () => {
    for (let size = 1; size <= SIZE; size++) {
      const root = rootByDefinition(all.slice(0, size));
      for (let index = 0; index < size; index++) {
        const path = await inclusionPath(BigInt(index), BigInt(size), read);
        expect(rootFromPath(all[index]!, BigInt(index), BigInt(size), path)).toEqual(root);
        const other = (index + 1) % size;
        if (other !== index) {
          expect(rootFromPath(all[other]!, BigInt(index), BigInt(size), path)).not.toEqual(root);
          expect(rootFromPath(all[index]!, BigInt(other), BigInt(size), path)).not.toEqual(root);
        }
        expect(rootFromPath(all[index]!, BigInt(index), BigInt(size), [...path, root])).toBeNull();
        if (path.length > 0)
          expect(rootFromPath(all[index]!, BigInt(index), BigInt(size), path.slice(1))).not.toEqual(root);
      }
    }
  });

  test('an index outside the tree is refused', async () => {
    await expect(inclusionPath(5n, 5n, read)).rejects.toThrow(RangeError);
    expect(rootFromPath(all[0]!, 5n, 5n, [])).toBeNull();
  });
});
