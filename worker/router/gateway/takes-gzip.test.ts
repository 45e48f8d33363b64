import { expect, test } from 'vitest';
import { takesGzip } from './takes-gzip.ts';

test('gzip is sent to who takes it, and not to who says no', () => {
  const yes = [
    'gzip',
    'br, GZIP;q=0.5',
    'deflate, gzip',
    '*',
    'x-gzip',
    'gzip;q=1.0, identity;q=0.5',
    'gzip ; q=0.001',
  ];
  expect(yes.filter((header) => !takesGzip(header))).toEqual([]);
  const no = [
    undefined,
    '',
    'identity',
    'br',
    'gzip;q=0',
    'gzip; q=0.000',
    'gzip;q=0, *',
    '*;q=0',
    'gzip;q=none',
  ];
  expect(no.filter((header) => takesGzip(header))).toEqual([]);
});
