import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDataFolder } from './data-folder.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'fdlr-supervisor-'));
let busy: Server;
let portBase: number;

async function listen(): Promise<[Server, number]> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return [server, address.port];
}

beforeAll(async () => {
  // Postgres's own account passes through.
  chmodSync(folder, 0o711);
  // The console's port is the busy one, so that these runs do not get as far as a database.
  [busy, portBase] = await listen();
});
afterAll(() => {
  busy.close();
  rmSync(folder, { recursive: true });
});

type Outcome = { code: unknown; stdout: string; lines: string[] };

/** Whatever database this run uses, the supervisor is told of none. */
const UNSET = ['-u', 'DATABASE_URL'];

function supervise(argv: string[], environment = UNSET): Promise<Outcome> {
  return new Promise((done) =>
    execFile('env', [...environment, process.execPath, MAIN, ...argv], (error, stdout, stderr) =>
      done({ code: error?.code ?? 0, stdout, lines: stderr.trim().split('\n') }),
    ),
  );
}

const start = (dataDir: string, ...more: string[]) =>
  supervise(['--json', '--data-dir', dataDir, '--port-base', String(portBase), ...more]);

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
  expect(await supervise(['--frob'])).toEqual({
    code: 2,
    stdout: '',
    lines: ["Unknown option '--frob'. See --help."],
  });
});

test('a database that was given is not emptied by --reset', async () => {
  const dataDir = join(folder, 'given');
  const given = ['DATABASE_URL=postgresql://nobody@127.0.0.1:1/kept'];
  expect(await supervise(['--data-dir', dataDir, '--reset', '--yes'], given)).toEqual({
    code: 1,
    stdout: '',
    lines: ['--reset does not empty the database of DATABASE_URL: empty it, then start without.'],
  });
  expect(existsSync(dataDir)).toBe(false);
});

test('git sees nothing of a data folder inside a checkout', async () => {
  const checkout = join(folder, 'checkout');
  openDataFolder(join(checkout, 'second')).release();
  const git = (...args: string[]) =>
    new Promise<string>((done, failed) =>
      execFile('git', args, { cwd: checkout }, (error, stdout) => (error ? failed(error) : done(stdout))),
    );
  await git('init', '--quiet');
  expect(await git('status', '--porcelain', '--untracked-files=all')).toBe('');
});

test('it stops what it started though nobody reads its output any more', async () => {
  const dataDir = join(folder, 'unread');
  // The database's is the only port it gets as far as opening.
  const [probe, port] = await listen();
  await new Promise((closed) => probe.close(closed));
  const argv = ['--json', '--data-dir', dataDir, '--port-base', String(port - 2)];
  const supervisor = spawn('env', [...UNSET, process.execPath, MAIN, ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(supervisor, 'exit');
  try {
    for await (const line of createInterface({ input: supervisor.stderr }))
      if (line.startsWith('Postgres ready')) break;
  } finally {
    supervisor.stderr.destroy();
    supervisor.stdout.destroy();
    supervisor.kill('SIGINT');
  }
  const postgres = Number.parseInt(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);
  expect(await exit).toEqual([0, null]);
  expect(() => process.kill(postgres, 0)).toThrow('ESRCH');
  expect(existsSync(join(dataDir, 'supervisor.lock'))).toBe(false);
});
