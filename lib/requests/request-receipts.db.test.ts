import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rawPublicKey } from '../crypto/key-files.ts';
import { type TestDatabase, testDatabase } from '../db/testing.ts';
import { transaction } from '../db/transaction.ts';
import { createHospital, createTenant } from '../identity/testing/tenant.ts';
import { insertReceipts } from '../ledger/insert-receipts.ts';
import { FIRST_PREV_HASH, signReceipts } from '../nodes/receipt.ts';
import { requestReceipts } from './request-receipts.ts';

const BYTES = Buffer.alloc(32, 7);
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function sign(requestId: string, nodeId: string, seq: bigint, rhoPico: bigint): Promise<void> {
  await database.prisma.nodeReceipt.create({
    data: {
      requestId,
      nodeId,
      seq,
      rhoPico,
      ledgerEpoch: 1,
      headerHash: BYTES,
      runningTotalPico: rhoPico,
      prevHash: BYTES,
      signature: BYTES,
    },
  });
}

it('groups what each hospital signed, in the order of its numbers, and adds up', async () => {
  const requestId = randomUUID();
  const [one, other] = [randomUUID(), randomUUID()].toSorted() as [string, string];
  for (const seq of [10n, 9n, 100n]) await sign(requestId, one, seq, 7_629_395n);
  await sign(requestId, other, 1n, 433_000_000n);
  await sign(randomUUID(), other, 2n, 433_000_000n);

  const groups = await requestReceipts(database.prisma, requestId);
  expect(groups.map(({ nodeId, rho }) => [nodeId, rho])).toEqual([
    [one, '0.000022888185'],
    [other, '0.000433'],
  ]);
  expect(groups[0]?.receipts.map(({ seq }) => seq)).toEqual(['9', '10', '100']);
  const hash = BYTES.toString('hex');
  // Nodes that nobody knows have no key to check anything with.
  expect(groups[1]?.receipts).toEqual([
    { seq: '1', rho: '0.000433', headerHash: hash, signature: hash, batchPath: [], verdict: 'unable' },
  ]);
});

it('is empty for a request that nobody signed for', async () => {
  expect(await requestReceipts(database.prisma, randomUUID())).toEqual([]);
});

it('says of each receipt whether its signature holds, also of those that share one', async () => {
  const db = database.prisma;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const [nodeId, requestId] = [randomUUID(), randomUUID()];
  const { organisationId } = await createTenant(db);
  await db.node.create({
    data: {
      id: nodeId,
      hospitalId: await createHospital(db, organisationId),
      name: 'One',
      state: 'admitted',
      identityKey: new Uint8Array(rawPublicKey(publicKey)),
      shards: 64,
      lanes: 1,
      datasetId: randomUUID(),
    },
  });
  const receipts = [1, 2, 3].map((seq) => ({
    v: 1 as const,
    nodeId,
    seq,
    ledgerEpoch: 1,
    requestId,
    h: 'a'.repeat(64),
    rhoPico: '5',
    runningTotalPico: String(5 * seq),
    prevHash: FIRST_PREV_HASH,
  }));
  await transaction(database.pool, (client) => insertReceipts(client, signReceipts(receipts, privateKey)));
  await database.pool.query('UPDATE node_receipt SET rho_pico = 1 WHERE node_id = $1 AND seq = 3', [nodeId]);
  const [own] = await requestReceipts(db, requestId);
  expect(own?.receipts.map(({ verdict, batchPath }) => [verdict, batchPath.length])).toEqual([
    ['holds', 2],
    ['holds', 2],
    ['fails', 1],
  ]);
});
