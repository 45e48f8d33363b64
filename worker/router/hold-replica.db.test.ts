import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { LedgerTakenError, withLedgerAlone } from '#lib/ledger/reconcile/ledger-lock';
import { createLogger } from '#lib/log';
import { holdReplica, ReplicaTakenError } from './hold-replica.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db?.close());

const hold = (replica: string) =>
  holdReplica(db.pool, replica, createLogger('test'), (error) => {
    throw error;
  });
const reconciled = () => withLedgerAlone(db.pool, async () => 'alone');

test('as long as any router lives the ledger is not reconciled', async () => {
  const [first, second] = [await hold('one'), await hold('two')];
  await expect(reconciled()).rejects.toThrow(LedgerTakenError);
  first();
  await expect(reconciled()).rejects.toThrow(LedgerTakenError);
  second();
  await expect.poll(() => reconciled().catch(String)).toBe('alone');
});

test('as long as the ledger is reconciled no router starts, and its name stays free', async () => {
  await withLedgerAlone(db.pool, async () => {
    await expect(hold('late')).rejects.toThrow(LedgerTakenError);
  });
  const letGo = await vi.waitFor(() => hold('late'), { timeout: 60_000 });
  await expect(hold('late')).rejects.toThrow(ReplicaTakenError);
  letGo();
});
