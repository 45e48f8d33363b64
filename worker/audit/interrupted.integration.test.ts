import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** As `npm run audit` starts it. */
const SETUP = fileURLToPath(new URL('../../scripts/setup.mjs', import.meta.url));
const AUDIT = 'worker/audit/main.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-interrupted-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Ids of the processes that have this text in their command line: Postgres and the nodes name the data folder in it. */
function processesOf(text: string): string[] {
  return readdirSync('/proc').filter((id) => {
    if (!/^\d+$/.test(id)) return false;
    try {
      return readFileSync(join('/proc', id, 'cmdline'), 'utf8').includes(text);
    } catch {
      return false;
    }
  });
}

test.runIf(existsSync('/proc/self/cmdline'))(
  'an audit that is told to end while it starts leaves nothing behind',
  async () => {
    const temporary = mkdtempSync(join(folder, 'tmp-'));
    const out = join(temporary, 'report.json');
    const audit = spawn(process.execPath, [SETUP, AUDIT, '--out', out], {
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    const exit = once(audit, 'exit');
    for await (const line of createInterface({ input: audit.stderr })) {
      if (!line.startsWith('Starting')) continue;
      audit.kill('SIGTERM');
      break;
    }
    audit.stderr.resume();
    expect(await exit).toEqual([143, null]);
    expect(processesOf(temporary)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  },
);
