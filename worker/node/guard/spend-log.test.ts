import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SpendLog, SpendLogError } from './spend-log.ts';

let folder: string;
let path: string;
let log: SpendLog;
/** What every file handle inherits, the log's too. */
let handles: FileHandle;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-spend-log-'));
  path = join(folder, 'spend-log.ndjson');
  log = await SpendLog.open(path, randomUUID(), generateKeyPairSync('ed25519').privateKey);
  const other = await open(join(folder, 'other'), 'w');
  handles = Object.getPrototypeOf(other);
  await other.close();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await log.close();
  rmSync(folder, { recursive: true });
});
const spend = () =>
  log.spend({ ledgerEpoch: 1, requestId: randomUUID(), h: randomUUID().repeat(2), rhoPico: 5n });

test('a spend is told after it was written and then synced, never before', async () => {
  const seen: string[] = [];
  const sync = Promise.withResolvers<void>();
  const datasync = vi.spyOn(handles, 'datasync').mockImplementation(async () => {
    seen.push(readFileSync(path, 'utf8').includes('"seq":1') ? 'written' : 'not written');
    await sync.promise;
    seen.push('synced');
  });
  const told = spend().then(() => seen.push('told'));
  await expect.poll(() => datasync).toHaveBeenCalledOnce();
  // Whatever else could tell it has had its turn.
  await new Promise((done) => setImmediate(done));
  expect(seen).toEqual(['written']);
  sync.resolve();
  await told;
  expect(seen).toEqual(['written', 'synced', 'told']);
});

test('what could not be synced is not told as spent, and nothing is spent after it', async () => {
  vi.spyOn(handles, 'datasync').mockRejectedValueOnce(new Error('EIO'));
  await expect(spend()).rejects.toThrow(SpendLogError);
  await expect(spend()).rejects.toThrow(/cannot be written/);
});
