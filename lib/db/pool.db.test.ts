import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool } from './pool.ts';
import { type TestDatabase, testDatabase } from './testing.ts';
import { transaction } from './transaction.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  await db.pool.query('CREATE TABLE kept (n int)');
});
afterAll(() => db?.close());

// Options of the URL's own must not take the place of ours.
test.each(['', '?options=-c%20lock_timeout%3D1s'])(
  'a pool for transactions writes nowhere else (%s)',
  async (query) => {
    const pool = createPool(`${db.url}${query}`, 1, { writes: 'in_transactions' });
    try {
      await expect(pool.query('INSERT INTO kept VALUES (1)')).rejects.toMatchObject({ code: '25006' });
      await transaction(pool, (client) => client.query('INSERT INTO kept VALUES (2)'));
      const { rows } = await pool.query('SELECT n FROM kept WHERE n IN (1, 2)');
      expect(rows).toEqual([{ n: 2 }]);
      const timeout = await pool.query('SHOW lock_timeout');
      expect(timeout.rows[0].lock_timeout).toBe(query ? '1s' : '0');
    } finally {
      await pool.end();
      await db.pool.query('TRUNCATE kept');
    }
  },
);

test('what a transaction says stays said: a warning is shown whatever the URL asks for', async () => {
  const pool = createPool(`${db.url}?options=-c%20client_min_messages%3Derror`, 1);
  const shown = await pool.query('SHOW client_min_messages');
  await pool.end();
  expect(shown.rows[0].client_min_messages).toBe('warning');
});
