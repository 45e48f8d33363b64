import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import type { RouterEnv } from '#lib/env';
import { NotDurableError } from '#lib/ledger/require-durable';
import { createLogger } from '#lib/log';
import { startRouter } from './start-router.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db?.close());

test('a router does not start on a database whose commits need not outlive a crash', async () => {
  const { pathname } = new URL(db.url);
  await db.pool.query(`ALTER DATABASE "${pathname.slice(1)}" SET synchronous_commit = off`);
  const env = { DATABASE_URL: db.url, FDLR_REPLICA: 'test' } as RouterEnv;
  await expect(startRouter(env, createLogger('router'))).rejects.toThrow(NotDurableError);
  // The process that asked is left without a connection.
  const open = () =>
    db.pool.query(
      'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
  await expect.poll(async () => (await open()).rows).toEqual([]);
});
