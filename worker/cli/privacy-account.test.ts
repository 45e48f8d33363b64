import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { privacyAccount } from './privacy-account.ts';
import { UsageError } from './usage-error.ts';

const main = join(import.meta.dirname, 'main.ts');
const shim = join(import.meta.dirname, '../../scripts/fdlr.mjs');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-account-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fdlr(args: string[], script = main) {
  // Node warns on stderr where both colour settings are there, and npm says where it was called from.
  const { FORCE_COLOR: _, NO_COLOR: __, INIT_CWD: ___, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

function write(name: string, content: unknown): string {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
}

const CASES = {
  cases: [
    { id: 'gaussians', delta: 1e-5, events: [{ type: 'gaussian', noise_multiplier: 2, count: 5 }] },
    {
      id: 'votes',
      delta: 1e-5,
      adjacency: 'replace_one',
      events: [{ type: 'bounded_range', eta: 0.05, count: 9 }],
    },
    { id: 'cost', delta: 1e-5, events: [{ type: 'zcdp', rho: 0.01 }] },
  ],
};

describe('fdlr privacy account', () => {
  it('prints nothing but the figures as JSON', () => {
    const { status, stdout, stderr } = fdlr(['privacy', 'account', write('cases.json', CASES), '--json']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const number = expect.any(Number);
    expect(JSON.parse(stdout)).toEqual({
      cases: [
        { id: 'gaussians', zcdp: number, rdp: number, pld: number, exact: number },
        { id: 'votes', zcdp: number, rdp: number, pld: number, exact: null },
        { id: 'cost', zcdp: number, rdp: number, pld: null, exact: null },
      ],
    });
  });

  it('prints a table with a dash where an accountant does not apply', () => {
    const { status, stdout } = fdlr(['privacy', 'account', write('cases.json', CASES)]);
    expect(status).toBe(0);
    expect(stdout.split('\n')[0]).toMatch(/^case +adjacency +runs +delta +ε zCDP +ε RDP +ε PLD +ε exact$/);
    expect(stdout).toMatch(/^cost +add_or_remove_one +1 +0.00001 +0\.545726 +0\.545813 +- +-$/m);
  });

  it('notes beside the JSON which figures read Gaussians in another way, and only there', () => {
    const gaussian = { type: 'gaussian', noise_multiplier: 2 };
    const other = { type: 'zcdp', rho: 0.01 };
    const file = (events: object[]) =>
      write('replaced.json', { events, delta: 1e-5, adjacency: 'replace_one' });
    const alone = fdlr(['privacy', 'account', file([gaussian]), '--json']);
    expect(JSON.parse(alone.stdout).cases[0].rdp).toBeLessThan(JSON.parse(alone.stdout).cases[0].exact);
    expect(alone.stderr).toMatch(/^Gaussians alone under replace_one: /);
    expect(fdlr(['privacy', 'account', file([gaussian, other]), '--json']).stderr).toBe('');
  });

  it('reads a file beside the caller through the installed command', () => {
    write('one.json', { events: [{ type: 'zcdp', rho: 0.01 }], delta: 1e-5 });
    const { status, stdout } = fdlr(['privacy', 'account', 'one.json', '--json'], shim);
    expect(status).toBe(0);
    expect(JSON.parse(stdout).cases[0].zcdp).toBeCloseTo(0.5457255, 6);
  });

  it('refuses a fault in a field with exit code 2 and an empty stdout', () => {
    const file = write('bad.json', [{ delta: 1e-5, events: [{ type: 'zcdp', rho: -1 }] }]);
    const { status, stdout, stderr } = fdlr(['privacy', 'account', file, '--json']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^bad\.json: cases\[0\]\.events\[0\]\.rho must be at least 0$/m);
  });

  it.each([
    ['no such file', () => 'none.json', /^none\.json cannot be read \(there is no such file\)$/m],
    ['a folder', () => '.', /^\. cannot be read \(it is a folder\)$/m],
    ['what is not JSON', () => write('bad.txt', '{"delta": NaN}'), /^bad\.txt is not JSON: /m],
    ['an unknown option', () => '--fast', /Unknown option '--fast'\. See fdlr privacy account --help\./],
  ])('refuses %s', async (_what, file, message) => {
    vi.stubEnv('INIT_CWD', folder);
    const refused = privacyAccount.run([file(), '--json']);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(message);
    vi.unstubAllEnvs();
  });

  it('asks for one file', async () => {
    for (const files of [[], ['a', 'b']])
      await expect(privacyAccount.run(files)).rejects.toThrow(/^Name one file of events/);
  });
});

describe('fdlr', () => {
  it('lists its commands, and says what each takes', () => {
    expect(fdlr([]).stdout).toContain('fdlr privacy account');
    expect(fdlr(['--help'])).toMatchObject({ status: 0, stderr: '' });
    expect(fdlr(['privacy', 'account', '--help']).stdout).toContain('FILE.json [--json]');
  });

  it('refuses a command that there is not', () => {
    const { status, stdout, stderr } = fdlr(['privacy', 'spend']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^There is no command "privacy spend"\./);
  });
});
