import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from './testing.ts';
import { together } from './together.ts';
import { transaction } from './transaction.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  await db.pool.query('CREATE TABLE kept (n int PRIMARY KEY)');
});
afterAll(() => db?.close());

const kept = async () => (await db.pool.query('SELECT n FROM kept ORDER BY n')).rows.map(({ n }) => n);

test('statements run in their order, each with its own answer', async () => {
  const [written, read, aside] = await transaction(db.pool, (client) =>
    together(client, () => [
      client.query('INSERT INTO kept VALUES ($1)', [1]),
      client.query<{ n: number }>('SELECT n FROM kept'),
      'no statement',
    ]),
  );
  expect([written.rowCount, read.rows, aside]).toEqual([1, [{ n: 1 }], 'no statement']);
});

test('the first that fails is thrown when all are answered, and a transaction keeps none', async () => {
  const before = await kept();
  const answered: string[] = [];
  const sent = transaction(db.pool, (client) =>
    together(client, () => [
      client.query('INSERT INTO kept VALUES (2)'),
      client.query('INSERT INTO kept VALUES (2)'),
      client.query('INSERT INTO kept VALUES (3)').finally(() => answered.push('last')),
    ]),
  ).finally(() => answered.push('transaction'));
  await expect(sent).rejects.toThrow(/kept_pkey/);
  expect(answered).toEqual(['last', 'transaction']);
  expect(await kept()).toEqual(before);
});

test('many at once on one connection do not mix', async () => {
  const client = await db.pool.connect();
  try {
    const pair = (n: number) =>
      together(client, () => [
        client.query('SELECT $1::int AS n', [n]),
        client.query('SELECT $1::int AS n', [-n]),
      ]);
    const pairs = await Promise.all([1, 2, 3].map(pair));
    expect(pairs.map((both) => both.map(({ rows }) => rows[0].n))).toEqual([
      [1, -1],
      [2, -2],
      [3, -3],
    ]);
  } finally {
    client.release();
  }
});
