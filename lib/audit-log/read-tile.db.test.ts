import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyInMemory } from '#lib/crypto/key-custody';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { transaction } from '#lib/db/transaction';
import { createHospital, createTenant } from '#lib/identity/testing/tenant';
import { appendLeaf } from './append-leaf.ts';
import { decodeBundle } from './entry-bundle.ts';
import { integrate } from './integrate.ts';
import { leafHash, nodeHash } from './merkle.ts';
import { headsAfter, newestHeads, publishedOf, publishing } from './read-heads.ts';
import { readTile } from './read-tile.ts';
import { tilesOf } from './tile-path.ts';

const SIZE = 600;
const signer = { origin: 'fdlr/test', key: keyInMemory(generateKeyPairSync('ed25519').privateKey) };
let db: TestDatabase;

const grow = async (leaves: number) => {
  await transaction(db.pool, async (client) => {
    for (let i = 0; i < leaves; i++) {
      const nodeId = randomUUID();
      await appendLeaf(client, { v: 1, atMs: 1, type: 'node.pinned', nodeId, identityKey: 'k' }, nodeId);
    }
  });
  await integrate(db.pool, signer);
};
beforeAll(async () => {
  db = await testDatabase();
  await grow(SIZE - 1);
  await grow(1);
});
afterAll(() => db?.close());

/** A complete subtree's root, from its bottom row. */
function rootOf(hashes: Buffer[]): Buffer {
  if (hashes.length === 1) return hashes[0]!;
  const pairs = hashes.length / 2;
  return rootOf(Array.from({ length: pairs }, (_, i) => nodeHash(hashes[2 * i]!, hashes[2 * i + 1]!)));
}
const split = (tile: Buffer) =>
  Array.from({ length: tile.length / 32 }, (_, i) => tile.subarray(32 * i, 32 * i + 32));

test('every tile holds the hashes of the level below, and the entries hash to the lowest', async () => {
  const leaves: Buffer[] = [];
  for (const tile of tilesOf(0, BigInt(SIZE))) {
    const hashes = split((await readTile(db.pool, tile))!);
    const entries = decodeBundle((await readTile(db.pool, { ...tile, level: null }))!);
    expect(entries.map(leafHash)).toEqual(hashes);
    expect(hashes).toHaveLength(tile.width);
    leaves.push(...hashes);
  }
  expect(leaves).toHaveLength(SIZE);
  const upper = split((await readTile(db.pool, { level: 1, index: 0n, width: 2 }))!);
  expect(upper).toEqual([rootOf(leaves.slice(0, 256)), rootOf(leaves.slice(256, 512))]);
  const full = (await readTile(db.pool, { level: 0, index: 0n, width: 256 }))!;
  expect(full).toHaveLength(8192);
});

test('partial tiles of every width that was reached are served, and none beyond', async () => {
  const full = (await readTile(db.pool, { level: 0, index: 1n, width: 256 }))!;
  for (const width of [1, 100, 255]) {
    const partial = await readTile(db.pool, { level: 0, index: 1n, width });
    expect(partial).toEqual(full.subarray(0, 32 * width));
  }
  expect(await readTile(db.pool, { level: 0, index: 2n, width: 88 })).toHaveLength(88 * 32);
  for (const beyond of [
    { level: 0, index: 2n, width: 89 },
    { level: 0, index: 2n, width: 256 },
    { level: 1, index: 0n, width: 3 },
    { level: 2, index: 0n, width: 1 },
    { level: 63, index: 0n, width: 1 },
    { level: null, index: 2n, width: 89 },
    { level: null, index: 999_999_999n, width: 1 },
    { level: null, index: 2n ** 55n - 1n, width: 256 },
  ]) {
    expect(await readTile(db.pool, beyond)).toBeNull();
  }
});

test('every head is kept and given in order, page by page', async () => {
  const [first, second] = await headsAfter(db.pool, 0n, 10);
  expect([first?.size, second?.size]).toEqual([599n, 600n]);
  expect(await headsAfter(db.pool, 0n, 1)).toEqual([first]);
  expect(await headsAfter(db.pool, 599n, 1)).toEqual([second]);
  expect((await newestHeads(db.pool, 1))[0]).toEqual(second);
});

test('the published head waits for a quorum of witnesses, but not for ever, and never shrinks', async () => {
  const at = Date.parse('2026-11-23T10:00:00Z');
  const head = (size: bigint, lines: number, ageMs: number) => ({
    size,
    root: Buffer.alloc(32),
    note: '',
    createdAt: new Date(at - ageMs),
    lines: Array.from({ length: lines }, () => 'line'),
  });
  const published = (...heads: ReturnType<typeof head>[]) =>
    publishedOf(heads, 2, new Date(at))?.size ?? null;
  expect(published()).toBeNull();
  expect(published(head(3n, 0, 100))).toBeNull();
  expect(published(head(3n, 1, 100), head(2n, 2, 300), head(1n, 2, 900))).toBe(2n);
  expect(published(head(3n, 2, 100), head(2n, 2, 300))).toBe(3n);
  expect(published(head(4n, 0, 4_999), head(3n, 0, 5_000), head(2n, 2, 9_000))).toBe(3n);
  const later = new Date(Date.now() + 60_000);
  expect((await publishing(db.pool)(later))?.size).toBe(600n);
});

test('a head that was shown stays when a node that is admitted raises the quorum', async () => {
  const { organisationId } = await createTenant(db.prisma);
  const admit = async () => {
    const nodeId = randomUUID();
    await db.prisma.node.create({
      data: {
        id: nodeId,
        hospitalId: await createHospital(db.prisma, organisationId),
        name: nodeId,
        state: 'admitted',
        identityKey: new Uint8Array(32),
        shards: 1,
        lanes: 1,
        datasetId: randomUUID(),
      },
    });
    return nodeId;
  };
  const first = await admit();
  await grow(1);
  const size = BigInt(SIZE + 1);
  await db.prisma.auditCosignature.create({
    data: { treeSize: size, nodeId: first, line: 'line', timestampS: 1n },
  });
  // The moment at which it was made: no witness is waited for yet, but those of the quorum.
  const at = (await newestHeads(db.pool, 1))[0]!.createdAt;
  const shown = publishing(db.pool);
  expect((await shown(at))?.size).toBe(size);
  await admit();
  expect((await publishing(db.pool)(at))?.size ?? 0n).toBeLessThan(size);
  expect((await shown(at))?.size).toBe(size);
});
