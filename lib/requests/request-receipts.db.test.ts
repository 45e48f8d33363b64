import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../db/testing.ts';
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
  expect(groups[1]?.receipts).toEqual([{ seq: '1', rho: '0.000433', headerHash: BYTES.toString('hex') }]);
});

it('is empty for a request that nobody signed for', async () => {
  expect(await requestReceipts(database.prisma, randomUUID())).toEqual([]);
});
