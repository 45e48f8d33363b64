import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { spawnChild } from './child.ts';
import { waitUntilReady } from './wait-for.ts';

const folder = mkdtempSync(join(tmpdir(), 'fdlr-child-'));
const logFile = join(folder, 'child.log');
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
const start = (script: string, more: { env?: Record<string, string>; graceMs?: number } = {}) =>
  spawnChild({ name: 'node St. Anna', command: [fixture(script)], logFile, ...more });

async function untilGone(pid: number) {
  for (;;) {
    try {
      process.kill(pid, 0);
      if (process.platform === 'linux' && /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return;
    } catch {
      return;
    }
    await sleep(20);
  }
}

test('a child that dies is reported in one line with its exit code, last words and log', async () => {
  const child = start('dies.ts');
  await expect(waitUntilReady(child, 60_000)).rejects.toThrow(
    `node St. Anna stopped unexpectedly (exit 7). Last lines: the records folder cannot be read Log: ${logFile}`,
  );
});

test('a child gets the variables it was given and none of ours', async () => {
  vi.stubEnv('FDLR_TEST_SECRET', 'not for children');
  const child = start('lives.ts', { env: { FDLR_API_PORT: '1' } });
  await waitUntilReady(child, 60_000);
  await child.stop();
  const names = readFileSync(logFile, 'utf8')
    .split('\n')
    .find((line) => line.startsWith('PATH'))
    ?.split(' ');
  expect(names).toContain('FDLR_API_PORT');
  expect(names).toContain('FEDERATED_DELTA');
  expect(names).not.toContain('FDLR_TEST_SECRET');
  expect(names).not.toContain('DATABASE_URL');
});

test('what a child forks is left alone', async () => {
  const child = start('forks.ts');
  await waitUntilReady(child, 60_000);
  expect(await child.ended).toEqual({ code: 0, signal: null });
  expect(readFileSync(logFile, 'utf8')).toContain('answer to question');
});

test('a child that ignores the request to stop is killed', async () => {
  const child = start('ignores-sigterm.ts', { graceMs: 100 });
  await waitUntilReady(child, 60_000);
  expect(await child.stop()).toEqual({ code: null, signal: 'SIGKILL' });
});

test.each(['lives.ts', 'ignores-sigterm.ts'])('%s ends when its parent is killed', async (script) => {
  const parent = spawn(process.execPath, [fixture('parent.ts'), fixture(script), logFile, '500'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = (await once(parent.stdout, 'data')) as [Buffer];
  parent.kill('SIGKILL');
  await untilGone(Number(chunk.toString()));
});
