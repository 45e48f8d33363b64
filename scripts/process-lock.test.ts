import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HeldLock, type Lock, takeLock, waitForLock } from './process-lock.mjs';

const RACER = fileURLToPath(new URL('./fixtures/races-for-lock.mjs', import.meta.url));
const RACERS = 8;
const ROUNDS = 100;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-lock-'));
  file = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

function held(lock: Lock): HeldLock {
  if ('heldBy' in lock) throw new Error(`refused for process ${lock.heldBy}`);
  return lock;
}

const someoneGone = () => spawnSync(process.execPath, ['-e', '']).pid;

test('a living holder keeps the lock until it gives it back', () => {
  const first = held(takeLock(file));
  expect(takeLock(file)).toEqual({ heldBy: process.pid });
  first.release();
  expect(readdirSync(folder)).toEqual([]);
  expect(takeLock(file)).toMatchObject({ tookOver: false });
});

test('the lock of a process that is gone is taken over', () => {
  writeFileSync(file, `${someoneGone()} 1`);
  expect(takeLock(file)).toMatchObject({ tookOver: true });
  expect(readdirSync(folder)).toEqual(['lock']);
});

test('a process that died while it took over does not block the next', () => {
  writeFileSync(file, `${someoneGone()} 1`);
  writeFileSync(`${file}.takeover`, `${someoneGone()} 2`);
  expect(takeLock(file)).toMatchObject({ tookOver: true });
  expect(readdirSync(folder)).toEqual(['lock']);
});

test.runIf(process.platform === 'linux')('a number that now belongs to another process holds no lock', () => {
  writeFileSync(file, `${process.pid} 1`);
  expect(takeLock(file)).toMatchObject({ tookOver: true });
  expect(readFileSync(file, 'utf8')).not.toBe(`${process.pid} 1`);
});

test('a lock that is another one by now is not given back', () => {
  const first = held(takeLock(file));
  writeFileSync(file, 'of somebody else');
  first.release();
  expect(readFileSync(file, 'utf8')).toBe('of somebody else');
});

test('who waits is told once for whom, and gets the lock', async () => {
  const first = held(takeLock(file));
  const told: number[] = [];
  const second = waitForLock(file, (pid) => {
    told.push(pid);
    first.release();
  });
  await expect(second).resolves.toMatchObject({ tookOver: false });
  expect(told).toEqual([process.pid]);
});

// Half of the racers' rounds end without giving the lock back, by a process that stops there and then.
test('of many processes that race for it, also as others die with it, one at a time has it', async () => {
  const race = () =>
    spawn(process.execPath, [RACER, folder, String(ROUNDS)], { stdio: ['ignore', 'ignore', 'pipe'] });
  const endings = Array.from({ length: RACERS }, async () => {
    const child = race();
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, said };
  });
  expect(await Promise.all(endings)).toEqual(Array(RACERS).fill({ code: 0, said: '' }));
  expect(readFileSync(join(folder, 'rounds'), 'utf8')).toHaveLength(RACERS * ROUNDS);
});
