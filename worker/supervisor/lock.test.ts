import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeLock } from './lock.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-lock-'));
  file = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a living holder keeps the lock until it gives it back', () => {
  const first = takeLock(file);
  expect(takeLock(file)).toEqual({ heldBy: process.pid });
  if (!('release' in first)) throw new Error('the first was refused');
  first.release();
  expect(takeLock(file)).toMatchObject({ tookOver: false });
});

test('the lock of a process that is gone is taken over', () => {
  const gone = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(file, `${gone.pid} 1`);
  expect(takeLock(file)).toMatchObject({ tookOver: true });
});

test.runIf(process.platform === 'linux')('a number that now belongs to another process holds no lock', () => {
  writeFileSync(file, `${process.pid} 1`);
  expect(takeLock(file)).toMatchObject({ tookOver: true });
  expect(readFileSync(file, 'utf8')).not.toBe(`${process.pid} 1`);
});
