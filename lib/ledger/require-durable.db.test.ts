import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool, type Pool } from '#lib/db/pool';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { NotDurableError, requireDurable } from './require-durable.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db?.close());

/** Looks through connections that were opened after the database's setting was changed. */
async function under(value: string, look: (pool: Pool) => Promise<void>): Promise<void> {
  await db.pool.query(
    `ALTER DATABASE "${new URL(db.url).pathname.slice(1)}" SET synchronous_commit = ${value}`,
  );
  const pool = createPool(db.url, 1, { writes: 'in_transactions' });
  await look(pool).finally(() => pool.end());
}

test('commits that are not waited for are refused by name', async () => {
  await under('off', async (pool) => {
    await expect(requireDurable(pool)).rejects.toThrow(/^Postgres has synchronous_commit off for the router/);
  });
});

test.each(['on', 'remote_apply', 'remote_write', 'local'])(
  '%s is enough, and stays as it is',
  async (value) => {
    await under(value, async (pool) => {
      await requireDurable(pool);
      const { rows } = await pool.query('SHOW synchronous_commit');
      expect(rows).toEqual([{ synchronous_commit: value }]);
    });
  },
);

test('the URL counts too', async () => {
  const pool = createPool(`${db.url}?options=-c%20synchronous_commit%3Doff`, 1);
  await expect(requireDurable(pool)).rejects.toThrow(NotDurableError);
  await pool.end();
});

// A server's setting: the one that runs the tests cannot be given it.
test.each([
  ['off', 'on', /has fsync off/],
  ['off', 'off', /has fsync and synchronous_commit off/],
])(
  'a server with fsync %s and synchronous_commit %s is refused',
  async (fsync, synchronousCommit, message) => {
    const query = async () => ({ rows: [{ fsync, synchronousCommit }] });
    await expect(requireDurable({ query } as unknown as Pool)).rejects.toThrow(message);
  },
);
