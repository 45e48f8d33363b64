import { generateKeyPairSync } from 'node:crypto';
import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyInMemory } from '#lib/crypto/key-custody';
import { createPool } from '#lib/db/pool';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { LOG_CONNECTIONS, LOG_PATH, MOST_WAITING, serveAuditLog } from './audit-log-routes.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db?.close());

test('beyond so many who wait, readers are asked to come back, and the queue grows no further', async () => {
  const pool = createPool(db.url, LOG_CONNECTIONS);
  const app = Fastify();
  const signer = { origin: 'fdlr/test', key: keyInMemory(generateKeyPairSync('ed25519').privateKey) };
  serveAuditLog(app, { pool, signer });
  const read = () => app.inject(`${LOG_PATH}/tile/entries/000`);
  // Nobody gets a connection meanwhile.
  const taken = await Promise.all(Array.from({ length: LOG_CONNECTIONS }, () => pool.connect()));
  await app.ready();
  const waiting = Array.from({ length: MOST_WAITING }, () => pool.query('SELECT 1'));
  const refused = await read();
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '1']);
  expect(refused.json()).toMatchObject({ code: 'log_busy' });
  expect(pool.waitingCount).toBe(MOST_WAITING);
  for (const client of taken) client.release();
  await Promise.all(waiting);
  expect((await read()).statusCode).toBe(404);
  expect((await app.inject(`${LOG_PATH}/tile/entries/${'x999/'.repeat(12)}999`)).statusCode).toBe(404);
  await app.close();
  await pool.end();
});
