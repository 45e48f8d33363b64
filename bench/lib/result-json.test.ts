import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { atLeast, writeResult } from './result-json.ts';

const row = { id: 'a', metric: 'accuracy', value: 0.9, unit: 'share' };

test('a row is met at its target, and neither met nor missed without one', () => {
  expect(atLeast(row, 0.9).met).toBe(true);
  expect(atLeast(row, 0.91).met).toBe(false);
  expect(atLeast(row)).toMatchObject({ target: null, met: null });
});

test('the file holds name, commit and rows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-json-'));
  const file = join(folder, 'out.json');
  writeResult(file, 'accuracy', [atLeast(row, 0.5)]);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    name: 'accuracy',
    commit: expect.stringMatching(/^([0-9a-f]{40}(\+changes)?|unknown)$/),
    rows: [{ ...row, target: 0.5, met: true }],
  });
  rmSync(folder, { recursive: true });
});
