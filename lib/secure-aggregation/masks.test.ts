import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chiSquarePValue } from '#lib/privacy/testing/chi-square';
import { sumVectors } from './map-into-range.ts';
import { addMask, addPairMasks, maskOf, subtractMask } from './masks.ts';
import { newCohort } from './testing/cohort.ts';

function masked(members: ReturnType<typeof newCohort>, vectors: readonly Uint32Array[], h: Buffer) {
  const cohort = members.map(({ nodeId }) => nodeId);
  return members.map(({ nodeId, keys }, i) => {
    const vector = vectors[i]!.slice();
    addPairMasks(vector, nodeId, cohort, (peer) => keys.maskKey(peer, h));
    return vector;
  });
}

test.each([3, 4, 9])('the masks of %i nodes cancel in their sum, and in no smaller one', (nodes) => {
  const members = newCohort(nodes);
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.nat(2 ** 32 - 1), { minLength: 12, maxLength: 12 }), {
        minLength: nodes,
        maxLength: nodes,
      }),
      (rows) => {
        const vectors = rows.map((row) => Uint32Array.from(row));
        const sent = masked(members, vectors, randomBytes(32));
        expect(sumVectors(sent, 12)).toEqual(sumVectors(vectors, 12));
        expect(sumVectors(sent.slice(1), 12)).not.toEqual(sumVectors(vectors.slice(1), 12));
        for (const [i, vector] of sent.entries()) expect(vector).not.toEqual(vectors[i]);
      },
    ),
    { numRuns: 20 },
  );
});

test('headers that differ leave garbage: nothing of the sum is left', () => {
  const members = newCohort(3);
  const vectors = members.map(() => Uint32Array.from({ length: 64 }, () => 5));
  const one = masked(members, vectors, Buffer.alloc(32, 1));
  const other = masked(members, vectors, Buffer.alloc(32, 2));
  const sum = sumVectors([one[0]!, one[1]!, other[2]!], 64);
  expect([...sum].filter((value) => value === 15).length).toBeLessThanOrEqual(1);
});

test('what the router sees of one node is uniform, whatever the node says', () => {
  const members = newCohort(3);
  const BUCKETS = 256;
  const ROUNDS = 200;
  const LENGTH = 64;
  // The same constant votes every round: without masks every value would fall into one bucket.
  const vectors = members.map(() => new Uint32Array(LENGTH).fill(42));
  for (const byte of [0, 1, 2, 3]) {
    const seen = new Array<number>(BUCKETS).fill(0);
    for (let round = 0; round < ROUNDS; round += 1) {
      const [vector] = masked(members, vectors, randomBytes(32));
      for (const value of vector!) seen[(value >>> (8 * byte)) & 255]! += 1;
    }
    const expected = new Array<number>(BUCKETS).fill(1 / BUCKETS);
    expect(chiSquarePValue(seen, expected)).toBeGreaterThan(1e-6);
  }
});

test('a mask is the keystream of AES-256-CTR in little-endian words, and what is added can be taken away', () => {
  const key = Buffer.alloc(32);
  // AES-256 of the zero block under the zero key (NIST AESAVS): dc95c078 a2408989 ad48a214 92842087.
  expect([...maskOf(key, 4)]).toEqual([0x78c095dc, 0x898940a2, 0x14a248ad, 0x87208492]);
  const vector = Uint32Array.from([1, 2 ** 32 - 1, 3]);
  addMask(vector, key);
  expect([...vector]).not.toEqual([1, 2 ** 32 - 1, 3]);
  subtractMask(vector, key);
  expect([...vector]).toEqual([1, 2 ** 32 - 1, 3]);
});
