import { spawnSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { canonicalJson } from '#lib/crypto/canonical-json';
import { config } from '../guard/test-round.ts';
import { findLocalKey } from '../local/local-keys.ts';
import { localKeysFile } from '../local/local-server.ts';
import { useExportFolder } from '../records/testing-export.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const { path, writeTwoPatients } = useExportFolder();
let dataDir: string;
let configFile: string;

beforeEach(async () => {
  await writeTwoPatients();
  dataDir = mkdtempSync(join(tmpdir(), 'fdlr-commands-'));
  configFile = join(dataDir, 'node.json');
  writeFileSync(configFile, JSON.stringify({ ...config, dataDir, recordsDir: path(), tickMs: 160 }));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

function run(...args: string[]) {
  const [verb = '', ...rest] = args;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [MAIN, verb, '--config', configFile, ...rest],
    {
      encoding: 'utf8',
    },
  );
  return { status, stderr, out: () => JSON.parse(stdout) };
}

test('a node that does not run is refreshed, and its patients restricted and erased, by itself; each with a signed word', () => {
  expect(run('refresh').out()).toMatchObject({ records: 2, patients: 2 });
  expect(run('restrict', '--patient', 'a').out()).toMatchObject({ statement: { verb: 'restrict', seq: 1 } });
  // Nobody can be asked here: an erasure wants to be meant.
  expect(run('erase', '--patient', 'a')).toMatchObject({ status: 2 });
  const { statement, signature } = run('erase', '--patient', 'a', '--yes').out();
  const identity = createPublicKey(readFileSync(join(dataDir, 'identity.pem'), 'utf8'));
  const bytes = Buffer.from(canonicalJson(statement));
  expect(verify(null, bytes, identity, Buffer.from(signature, 'base64url'))).toBe(true);
  expect(run('erase', '--patient', 'a', '--yes')).toMatchObject({ status: 1 });
  expect(run('lift', '--patient', 'b').stderr).toMatch(/not restricted/);
});

test('keys for clinicians are made, listed without their secrets, and revoked', () => {
  const { id, key } = run('local-key', 'create', '--name', 'Dr Example', '--expires', '7').out();
  expect(findLocalKey(localKeysFile(dataDir), key)).toMatchObject({ id, name: 'Dr Example' });
  expect(JSON.stringify(run('local-key', 'list').out())).not.toMatch(/hash|fdlr_local_/);
  expect(run('local-key', 'revoke', '--id', id).out()).toEqual({ id, revoked: true });
  expect(findLocalKey(localKeysFile(dataDir), key)).toBeNull();
  expect(run('local-key', 'create').status).toBe(2);
});

test('what is asked wrong says so; nothing is made for it', () => {
  expect(run('restrict').stderr).toMatch(/--patient/);
  expect(run('dance')).toMatchObject({ status: 2 });
  expect(run('fhir-key').out().jwks.keys).toMatchObject([{ alg: 'ES384', crv: 'P-384' }]);
});
