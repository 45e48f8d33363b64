import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCheckpoint } from '#lib/audit-log/checkpoint';
import { decodeBundle } from '#lib/audit-log/entry-bundle';
import { leafHash, rootFromPath } from '#lib/audit-log/merkle';
import { parseTlogProof } from '#lib/audit-log/tlog-proof';
import { startTestFederation, type TestFederation } from '../testing/federation.ts';
import { vote } from '../testing/questions.ts';
import { logVerify } from './log-verify.ts';
import { UsageError } from './usage-error.ts';

let federation: TestFederation;
let url: string;
beforeAll(async () => {
  federation = await startTestFederation();
  url = `http://127.0.0.1:${federation.apiPort}/v1/audit`;
});
afterAll(() => federation?.stop());

/** Not spawnSync: the test server lives in this process's event loop. */
async function verify(...args: string[]) {
  const { DATABASE_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), 'log', 'verify', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on('close', resolve)),
  ]);
  return { stdout, stderr, code };
}
const both = () => ['--url', url, '--database-url', federation.database.url];
const head = async () => (await fetch(`${url}/checkpoint`)).text();
const key = async () => (await (await fetch(`${url}/key`)).text()).trim();

it('a running federation holds: every hospital signs, and the ledger is what the log says', async () => {
  const answer = (await federation.openai.chat.completions.create(vote())) as unknown as {
    privacy: { receipt: { leafHash: string; proofUrl: string } };
  };
  const { leafHash: hash, proofUrl } = answer.privacy.receipt;
  const proof = () => fetch(proofUrl.replace('/proof/', '/tlog-proof/'));
  await expect.poll(async () => (await proof()).status).toBe(200);
  await expect.poll(async () => (await head()).match(/fdlr-node/g)?.length).toBe(federation.nodes.size);

  const result = await verify(...both(), '--json');
  expect(result).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(result.stdout)).toMatchObject({
    holds: true,
    keyPinned: false,
    findings: [],
    witnessed: { keys: 4, signed: 4, quorum: 3 },
  });

  // The proof as somebody keeps it, checked without the log.
  const kept = parseTlogProof(await (await proof()).text());
  expect(leafHash(kept.entry!).toString('hex')).toBe(hash);
  const signed = openCheckpoint(kept.checkpoint, await key());
  expect(rootFromPath(leafHash(kept.entry!), kept.index, signed.size, kept.path)).toEqual(signed.root);
});

it('tiles come with the headers that let anybody cache them', async () => {
  const partial = await fetch(`${url}/tile/entries/000.p/2`);
  expect(partial.headers.get('content-type')).toBe('application/octet-stream');
  expect(partial.headers.get('cache-control')).toContain('immutable');
  expect(decodeBundle(Buffer.from(await partial.arrayBuffer()))).toHaveLength(2);
  for (const path of ['tile/0/999', 'tile/0/000.p/256', 'tile/0/0', 'tile/64/000', 'tile/'])
    expect((await fetch(`${url}/${path}`)).status).toBe(404);
  const checkpoint = await fetch(`${url}/checkpoint`);
  expect(checkpoint.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(checkpoint.headers.get('cache-control')).toBe('no-cache');
  expect(await (await fetch(`${url}/key/custody`)).text()).toBe('file key: as safe as the disk it is on\n');
});

it('a charge that vanishes from the ledger, and an entry that is altered, are named; the exit code says so', async () => {
  const { pool } = federation.database;
  await pool.query(`UPDATE account SET spent_rho_pico = 0 WHERE kind = 'user'`);
  const charged = await verify(...both());
  expect(charged.code).toBe(1);
  expect(charged.stdout).toMatch(/^The log does not hold: balance differs\.\n/);
  await pool.query(`UPDATE audit_leaf SET entry = entry || '\\x20' WHERE index = 1`);
  const altered = await verify('--url', url, '--key', await key());
  expect(altered.code).toBe(1);
  expect(altered.stdout).toContain('altered entry: Entry 1 is not what the tree has in its place.');
});

it('a node that comes back remembers the head it signed', async () => {
  const [name] = [...federation.nodes.keys()];
  const hospital = federation.seeded.nodes.find((node) => node.name === name)!;
  const { dataDir } = JSON.parse(readFileSync(hospital.configFile, 'utf8'));
  const before = readFileSync(join(dataDir, 'witness', 'head'), 'utf8');
  await federation.nodes.get(name!)!.stop();
  await federation.restartNodes([name!]);
  const seen = openCheckpoint(readFileSync(join(dataDir, 'witness', 'head'), 'utf8'), await key());
  expect(seen.size).toBeGreaterThanOrEqual(openCheckpoint(before, await key()).size);
});

it('what is asked wrongly exits with 2', async () => {
  expect((await verify('--url', 'ftp://x')).code).toBe(2);
  // The command's own word for it, without a process for each.
  for (const args of [
    [],
    ['--url', url, '--quorum', 'most'],
    ['--database-url', 'postgres://x'],
    ['--url', url, '--quorum', '0'],
    ['--url', url, '--key', 'abc'],
    ['--url', url, '--witness', 'abc'],
  ])
    await expect(logVerify.run(args)).rejects.toThrow(UsageError);
});

it('a log that cannot be read exits with 3: nothing is said of it', async () => {
  const gone = await verify('--url', 'http://127.0.0.1:1/v1/audit', '--key', await key());
  expect(gone).toMatchObject({ code: 3, stdout: '' });
  expect(gone.stderr).toContain('could not be read');
});
