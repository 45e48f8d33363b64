import { createPublicKey, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { applyChange } from '#lib/budgets/changes/apply-change';
import type { BudgetChange } from '#lib/db/generated/client';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { findMismatches } from '#lib/ledger/check-sums';
import { periodOf } from '#lib/ledger/period';
import { release } from '#lib/ledger/release';
import {
  reserveFor,
  type SpendingFederation,
  type SpendingHospital,
  spendAt,
  spendingHospitals,
} from '../../testing/spending-hospitals.ts';
import { catchUp } from './catch-up.ts';

const NOW = new Date();
let database: TestDatabase;
let folder: string;
let federation: SpendingFederation;
let node: SpendingHospital;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-owed-'));
  federation = await spendingHospitals(database.prisma, folder, 1, periodOf(NOW));
  node = federation.hospitals[0]!;
  return async () => {
    await node.log.close();
    rmSync(folder, { recursive: true });
  };
});

const accountOf = (id: string) => database.prisma.account.findUniqueOrThrow({ where: { id } });
const setCap = (id: string, capRhoPico: bigint) =>
  database.prisma.account.update({ where: { id }, data: { capRhoPico } });
const catchUpAll = () =>
  catchUp(
    database.pool,
    {
      nodeId: node.nodeId,
      identity: createPublicKey(node.identity),
      lastSeq: node.log.lastSeq,
      page: (after) => node.log.receiptsAfter(after, 10),
    },
    NOW,
  );
const approve = (change: Partial<BudgetChange>) =>
  database.prisma.$transaction((tx) =>
    applyChange(tx, { period: periodOf(NOW), toRhoPico: null, ...change } as BudgetChange, NOW),
  );
const leavesOf = async (requestId: string) =>
  (await database.prisma.auditLeaf.findMany({ where: { type: 'ledger.adjust', subjectId: requestId } })).map(
    ({ entry }) => JSON.parse(Buffer.from(entry).toString('utf8')),
  );

const firing = async (subjectId: string) =>
  (await database.prisma.alert.findMany({ where: { subjectId, clearedAt: null } })).map(({ code }) => code);
const clearedLeaves = (subjectId: string) =>
  database.prisma.auditLeaf.findMany({ where: { type: 'alert.cleared', subjectId } });

test('what no cap could bear is charged when the cap is raised; before that the budget stays frozen', async () => {
  const { accountId } = node;
  await setCap(accountId, 150n);
  const requestId = randomUUID();
  await spendAt([node], requestId, 400n);
  await catchUpAll();
  await expect(approve({ kind: 'thaw', accountId, fromRhoPico: 150n })).rejects.toMatchObject({
    status: 422,
    code: 'charges_owed',
    extra: { owed: '0.00000000025', left: '0' },
  });
  const cap = { kind: 'cap', accountId, fromRhoPico: 150n } as const;
  await expect(approve({ ...cap, toRhoPico: 399n })).rejects.toMatchObject({
    code: 'cap_below_spent',
    extra: { used: '0.0000000004' },
  });
  expect(await accountOf(accountId)).toMatchObject({ capRhoPico: 150n, spentRhoPico: 150n });
  expect(await firing(accountId)).toEqual(['charge_over_cap']);
  const { after } = await approve({ ...cap, toRhoPico: 500n });
  expect(await firing(accountId)).toEqual([]);
  expect(await clearedLeaves(accountId)).toHaveLength(1);
  expect(after).toMatchObject({ spentRhoPico: 400n, state: 'frozen' });
  expect(await leavesOf(requestId)).toMatchObject([
    { accounts: [{ accountId, rhoPico: '150' }] },
    { accounts: [{ accountId, rhoPico: '250' }], cause: 'receipts' },
  ]);
  await approve({ kind: 'thaw', accountId, fromRhoPico: 500n });
  expect(await accountOf(accountId)).toMatchObject({ spentRhoPico: 400n, state: 'open' });
  expect(await findMismatches(database.pool)).toEqual([]);
});

test('the budget that a dataset did not have is opened with what was let go without it', async () => {
  const { id, createdAt, state, ...was } = await database.prisma.account.delete({
    where: { id: node.accountId },
  });
  await spendAt([node], randomUUID(), 400n);
  await catchUpAll();
  const open = { ...was, kind: 'open', holderKind: 'dataset', accountId: null } as const;
  await expect(approve({ ...open, toRhoPico: 399n })).rejects.toMatchObject({ code: 'cap_below_spent' });
  expect(await firing(was.ownerId)).toEqual(['charge_without_account']);
  const { after } = await approve({ ...open, toRhoPico: 500n });
  expect(await firing(was.ownerId)).toEqual([]);
  expect(after).toMatchObject({ spentRhoPico: 400n, capRhoPico: 500n });
  expect(await findMismatches(database.pool)).toEqual([]);
});

test("a caller's budget that could not bear what was given back and proved is charged too", async () => {
  const [accountId] = federation.caller as [string];
  const requestId = await reserveFor(database.pool, federation, [node], 400n);
  await release(database.pool, requestId, 'round_failed', 'nothing was sent');
  await setCap(accountId, 100n);
  await spendAt([node], requestId, 400n);
  await catchUpAll();
  expect(await accountOf(accountId)).toMatchObject({ spentRhoPico: 100n, state: 'frozen' });
  await approve({ kind: 'cap', accountId, fromRhoPico: 100n, toRhoPico: 1000n });
  expect(await accountOf(accountId)).toMatchObject({ spentRhoPico: 400n });
});
