import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyInMemory } from '#lib/crypto/key-custody';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { transaction } from '#lib/db/transaction';
import { appendLeaf } from './append-leaf.ts';
import { openCheckpoint, verifierKey } from './checkpoint.ts';
import type { AuditEvent } from './events.ts';
import { inclusionProof } from './inclusion-proof.ts';
import { integrate } from './integrate.ts';
import { rootFromPath } from './merkle.ts';

const signer = { origin: 'fdlr/test', key: keyInMemory(generateKeyPairSync('ed25519').privateKey) };
let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db?.close());

const event = (): AuditEvent => ({
  v: 1,
  atMs: Date.now(),
  type: 'node.pinned',
  nodeId: randomUUID(),
  identityKey: 'k',
});
const write = () => transaction(db.pool, (client) => appendLeaf(client, event(), null));

test('leaves are integrated once each, in batches, by two replicas at once, and every one is provable afterwards', async () => {
  const hashes: Buffer[] = [];
  for (const batch of [1, 2, 5, 13]) {
    for (let i = 0; i < batch; i++) hashes.push(await write());
    await Promise.all([integrate(db.pool, signer), integrate(db.pool, signer)]);
  }
  while ((await integrate(db.pool, signer)) > 0);
  const indexes = new Set<string>();
  for (const hash of hashes) {
    const found = await inclusionProof(db.pool, hash);
    if (found.status !== 'found') throw new Error(`a leaf is ${found.status}`);
    const { leafIndex, treeSize, rootHash, path, checkpoint } = found.proof;
    indexes.add(leafIndex);
    expect(treeSize).toBe('21');
    const head = openCheckpoint(checkpoint, verifierKey(signer.origin, signer.key.publicKey));
    expect(head.root.toString('hex')).toBe(rootHash);
    const siblings = path.map((sibling) => Buffer.from(sibling, 'hex'));
    expect(rootFromPath(hash, BigInt(leafIndex), head.size, siblings)).toEqual(head.root);
  }
  expect([...indexes].map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 21 }, (_, i) => i));
});

test('a leaf that waits is pending, a stranger is unknown', async () => {
  const hash = await write();
  expect(await inclusionProof(db.pool, hash)).toEqual({ status: 'pending' });
  expect(await inclusionProof(db.pool, Buffer.alloc(32))).toEqual({ status: 'unknown' });
});

test('a leaf stands or falls with what it records', async () => {
  let hash: Buffer = Buffer.alloc(0);
  const failed = transaction(db.pool, async (client) => {
    hash = await appendLeaf(client, event(), null);
    throw new Error('the change failed');
  });
  await expect(failed).rejects.toThrow('the change failed');
  expect(await inclusionProof(db.pool, hash)).toEqual({ status: 'unknown' });
});

test('an event with more in it than its type allows is not written', async () => {
  const chatty = { ...event(), prompt: 'secret' } as never;
  await expect(transaction(db.pool, (client) => appendLeaf(client, chatty, null))).rejects.toThrow(
    /unrecognized/i,
  );
});
