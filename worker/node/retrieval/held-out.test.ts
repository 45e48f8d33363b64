import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hashToUnit, isHeldOut } from './held-out.ts';

test('a key is held out by itself alone, about 15 % of them', () => {
  // First six bytes of SHA-256("abc"), FIPS 180-2.
  expect(hashToUnit('abc')).toBe(0xba7816bf8f01 / 2 ** 48);
  const keys = Array.from({ length: 4_000 }, (_, at) => `disease ${at}`);
  const share = keys.filter((key) => isHeldOut('medquad', key)).length / keys.length;
  expect(share).toBeGreaterThan(0.13);
  expect(share).toBeLessThan(0.17);
  expect(keys.some((key) => isHeldOut('medquad', key) !== isHeldOut('mts', key))).toBe(true);
});

test('the table that ships says that it has not seen the questions', () => {
  const table = readFileSync(new URL('./public-idf.tsv', import.meta.url), 'utf8');
  expect(table).toContain('Without the diseases and dialogues that the accuracy benchmark asks about');
});
