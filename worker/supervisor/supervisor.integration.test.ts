import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDataFolder } from './data-folder.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'fdlr-supervisor-'));
let busy: Server;
let portBase: number;

beforeAll(async () => {
  busy = createServer();
  await new Promise<void>((listening) => busy.listen(0, '127.0.0.1', listening));
  const address = busy.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  // The console's port is the busy one, so that no run of this file gets as far as a database.
  portBase = address.port;
});
afterAll(() => {
  busy.close();
  rmSync(folder, { recursive: true });
});

type Outcome = { code: unknown; stdout: string; lines: string[] };

function supervise(...argv: string[]): Promise<Outcome> {
  return new Promise((done) =>
    execFile(process.execPath, [MAIN, ...argv], (error, stdout, stderr) =>
      done({ code: error?.code ?? 0, stdout, lines: stderr.trim().split('\n') }),
    ),
  );
}

const start = (dataDir: string, ...more: string[]) =>
  supervise('--json', '--data-dir', dataDir, '--port-base', String(portBase), ...more);

test('a busy port is one line that names port and option, and a failure', async () => {
  expect(await start(join(folder, 'busy'))).toEqual({
    code: 1,
    stdout: '',
    lines: [
      `Port ${portBase} (for the console) is busy. Stop what uses it, or choose others with --port-base N.`,
    ],
  });
});

test('a start that fails gives the data folder back', async () => {
  const dataDir = join(folder, 'again');
  await start(dataDir);
  expect((await start(dataDir)).lines[0]).toMatch(/is busy/);
  expect(existsSync(join(dataDir, 'supervisor.lock'))).toBe(false);
});

test('a second supervisor on the same data folder is refused', async () => {
  const dataDir = join(folder, 'shared');
  const first = openDataFolder(dataDir);
  try {
    expect(await start(dataDir)).toMatchObject({
      code: 1,
      lines: [
        `${dataDir} is in use by the supervisor with process id ${process.pid}. Stop it, or choose another --data-dir.`,
      ],
    });
  } finally {
    first.release();
  }
});

test('a folder of something else is neither used nor reset', async () => {
  const dataDir = join(folder, 'photos');
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'family.jpg'), '');
  const outcome = await start(dataDir, '--reset', '--yes');
  expect(outcome.code).toBe(1);
  expect(outcome.lines).toEqual([expect.stringContaining('holds something else than a federation')]);
  expect(readdirSync(dataDir)).toEqual(['family.jpg']);
});

test('an unknown argument is one line and exit code 2', async () => {
  expect(await supervise('--frob')).toEqual({
    code: 2,
    stdout: '',
    lines: ["Unknown option '--frob'. See --help."],
  });
});
