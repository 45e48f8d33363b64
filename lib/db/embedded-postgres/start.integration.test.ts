import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeCluster } from './remove.ts';
import { type PostgresServer, startPostgres } from './start.ts';

const folder = mkdtempSync(join(tmpdir(), 'fdlr-postgres-'));
let port: number;
let server: PostgresServer;

const start = (password = 'a password') =>
  startPostgres({ folder: join(folder, 'cluster'), port, password, logFile: join(folder, 'postgres.log') });

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  chmodSync(folder, 0o711);
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const address = probe.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  port = address.port;
  await new Promise((closed) => probe.close(closed));
  server = await start();
});
afterAll(async () => {
  await server.stop();
  await removeCluster(join(folder, 'cluster'), () => {});
  rmSync(folder, { recursive: true });
});

test('it listens on loopback alone and stores its password as SCRAM', async () => {
  const settings = await query(
    server.url(),
    `SELECT current_setting('listen_addresses') AS host, current_setting('unix_socket_directories') AS socket,
            (SELECT left(rolpassword, 13) FROM pg_authid WHERE rolname = 'fdlr') AS verifier`,
  );
  expect(settings).toEqual([{ host: '127.0.0.1', socket: '', verifier: 'SCRAM-SHA-256' }]);
});

test('a wrong password is refused', async () => {
  const wrong = new URL(server.url());
  wrong.password = 'another';
  await expect(query(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
});

test('a server that an earlier run left behind is stopped, and what it had committed is there', async () => {
  await query(server.url(), 'CREATE TABLE kept AS SELECT 42 AS answer');
  const leftBehind = server;
  server = await start();
  await leftBehind.ended;
  expect(server.pid).not.toBe(leftBehind.pid);
  expect(await query(server.url(), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

test('keys of another federation are told from a server that does not start', async () => {
  await server.stop();
  await expect(start('another')).rejects.toThrow('The password in the keys folder is not the one');
  server = await start();
});
