import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { LeafTotals } from '#lib/audit-log/leaf-totals';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { transaction } from '#lib/db/transaction';
import { type Adjustment, adjustAllIn, CannotBearError } from './adjust.ts';
import { findMismatches } from './check-sums.ts';
import { openAccounts } from './testing/made-up-moves.ts';

let db: TestDatabase;
let accountIds: string[];
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db?.close());
beforeEach(async () => {
  accountIds = await openAccounts(db.pool, [8n, 5n]);
});

const adjustment = (rhoPico = 5n, ids: readonly string[] = accountIds): Adjustment => ({
  requestId: randomUUID(),
  accounts: ids.map((accountId) => ({ accountId, rhoPico })),
  cause: 'receipts',
});
const adjust = (given: Adjustment) =>
  transaction(db.pool, (client) => adjustAllIn(client, [given], new Date()));
const spent = async () => {
  expect(await findMismatches(db.pool)).toEqual([]);
  const leaves = await new LeafTotals().withWaiting(db.prisma);
  const accounts = await db.prisma.account.findMany({ where: { id: { in: accountIds } } });
  for (const { id, spentRhoPico } of accounts) expect(leaves.get(id) ?? 0n).toBe(spentRhoPico);
  return accountIds.map((id) => accounts.find((account) => account.id === id)!.spentRhoPico);
};

test('a charge that was proved is entered on every account, frozen or not, with its leaf', async () => {
  await db.prisma.account.update({ where: { id: accountIds[0]! }, data: { state: 'frozen' } });
  const given = adjustment();
  await adjust(given);
  expect(await spent()).toEqual([5n, 5n]);
  const entries = await db.prisma.ledgerEntry.findMany({ where: { requestId: given.requestId } });
  expect(entries.map(({ kind, spentDeltaPico }) => [kind, spentDeltaPico])).toEqual([
    ['adjust', 5n],
    ['adjust', 5n],
  ]);
  const leaf = await db.prisma.auditLeaf.findFirstOrThrow({ where: { subjectId: given.requestId } });
  expect(JSON.parse(Buffer.from(leaf.entry).toString())).toMatchObject({
    type: 'ledger.adjust',
    cause: 'receipts',
    accounts: accountIds.map((accountId) => ({ accountId, rhoPico: '5' })),
  });
});

test('a cap that cannot hold it refuses it whole, says which, and lets the transaction go on', async () => {
  await transaction(db.pool, async (client) => {
    const refused = adjustAllIn(client, [adjustment(6n)], new Date());
    await expect(refused).rejects.toThrow(CannotBearError);
    await expect(refused).rejects.toMatchObject({ accountIds: [accountIds[1]] });
    await adjustAllIn(client, [adjustment(1n)], new Date());
  });
  expect(await spent()).toEqual([1n, 1n]);
});

test('an account that is not there cannot bear it', async () => {
  await expect(adjust(adjustment(5n, [randomUUID()]))).rejects.toThrow(CannotBearError);
});

test.each([0n, -1n])('%s is no charge', async (rhoPico) => {
  await expect(adjust(adjustment(rhoPico))).rejects.toThrow(RangeError);
  expect(await spent()).toEqual([0n, 0n]);
});
