import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { createDatabase, dropDatabase } from './create-database.ts';
import { startPostgres } from './embedded-postgres/start.ts';
import { sweepTestDatabases, testDatabaseName } from './testing-databases.ts';
import { makeTestFolder, removeTestFolder, STALE_AFTER_MS, sweepTestFolders } from './testing-leftovers.ts';

let within: string;
beforeEach(() => {
  within = mkdtempSync(join(tmpdir(), 'fdlr-leftovers-'));
});
afterEach(() => rmSync(within, { recursive: true }));

test('only old folders by our names are swept', async () => {
  const ours = ['fdlr-test-aB3dE6', 'fdlr-test-postgres-aB3dE6', 'fdlr-test-run-aB3dE6'];
  const others = ['else', 'fdlr-data', 'fdlr-test-MyData', 'fdlr-test-run-nEw123', 'fdlr-test-run-of-mine'];
  for (const name of [...ours, ...others]) mkdirSync(join(within, name));
  writeFileSync(join(within, 'fdlr-test-MyData', 'fdlr-data.json'), '');
  const then = (Date.now() - STALE_AFTER_MS) / 1000 - 60;
  for (const name of [...ours, ...others])
    if (name !== 'fdlr-test-run-nEw123') utimesSync(join(within, name), then, then);
  expect((await sweepTestFolders(within)).sort()).toEqual(ours);
  expect(readdirSync(within).sort()).toEqual(others);
});

test('a folder whose Postgres still runs is removed with it', async () => {
  const folder = makeTestFolder('postgres');
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const address = probe.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  await new Promise((closed) => probe.close(closed));
  const server = await startPostgres({
    folder: join(folder, 'cluster'),
    port: address.port,
    password: 'a password',
    logFile: join(folder, 'postgres.log'),
  });
  await removeTestFolder(folder);
  await server.ended;
  expect(readdirSync(tmpdir())).not.toContain(folder.slice(tmpdir().length + 1));
});

test('databases go with their run, or when they are hours old, and no others go', async () => {
  const server = inject('templateDatabaseUrl');
  const urlOf = (name: string) => Object.assign(new URL(server), { pathname: `/${name}` }).href;
  const names = [testDatabaseName('test', 'runOne'), testDatabaseName('e2e', 'runTwo')];
  const others = ['fdlr_test_of_mine', `fdlr_${Date.now().toString(36)}`];
  for (const name of [...names, ...others]) await createDatabase(urlOf(name));
  try {
    expect(await sweepTestDatabases(server)).toEqual([]);
    expect(await sweepTestDatabases(server, { run: 'runOne' })).toEqual([names[0]]);
  } finally {
    for (const name of [...names, ...others]) await dropDatabase(urlOf(name));
  }
});

test('the age is the one in the name', async () => {
  const server = inject('templateDatabaseUrl');
  const name = `fdlr_test_${(Date.now() - STALE_AFTER_MS - 1_000).toString(36)}_single_00000000`;
  await createDatabase(Object.assign(new URL(server), { pathname: `/${name}` }).href);
  expect(await sweepTestDatabases(server)).toContain(name);
});
