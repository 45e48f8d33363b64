import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseArguments, UsageError } from './arguments.ts';

test('the short audit writes where the console of the usual data folder looks', () => {
  expect(parseArguments([])).toEqual({ minutes: null, out: resolve('.data/privacy-audit.json') });
  expect(parseArguments(['--data-dir', '/x'])).toEqual({ minutes: null, out: '/x/privacy-audit.json' });
});

test('takes how long and where to', () => {
  expect(parseArguments(['--long'])?.minutes).toBe(60);
  expect(parseArguments(['--minutes', '2.5', '--out', '/r.json'])).toEqual({ minutes: 2.5, out: '/r.json' });
  expect(parseArguments(['--help'])).toBeUndefined();
});

test.each([
  ['--minutes', '0'],
  ['--minutes', 'x'],
  ['--minutes', '9999'],
  ['--long', '--minutes', '1'],
  ['--fast'],
  ['extra'],
])('refuses %s %s', (...argv) => {
  expect(() => parseArguments(argv)).toThrow(UsageError);
});
