import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadOrCreateFederationFile } from './federation-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-federation-'));
  path = join(folder, 'keys', 'federation.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('it is made once, for its owner alone, and read from then on', () => {
  const made = loadOrCreateFederationFile(path, ['clinician@north.example']);
  expect(Object.keys(made.passwords)).toEqual(['clinician@north.example']);
  expect(readdirSync(join(folder, 'keys'))).toEqual(['federation.json']);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(loadOrCreateFederationFile(path, [])).toEqual(made);
});

test('a damaged file is one line that names it, and is left as it is', () => {
  loadOrCreateFederationFile(path, []);
  truncateSync(path, 20);
  expect(() => loadOrCreateFederationFile(path, [])).toThrow(
    `${path} is damaged. Restore it from a backup, or begin anew with --reset.`,
  );
  expect(readFileSync(path)).toHaveLength(20);
});
