import { expect, test } from 'vitest';
import { isReached, parseTilePath, tilePath, tilesOf } from './tile-path.ts';

test('the numbers of the specification have the paths that it gives', () => {
  expect(tilePath({ level: 0, index: 1_234_067n, width: 256 })).toBe('0/x001/x234/067');
  expect(tilePath({ level: 2, index: 0n, width: 1 })).toBe('2/000.p/1');
  expect(tilePath({ level: null, index: 273n, width: 112 })).toBe('entries/273.p/112');
  expect(tilePath({ level: 0, index: 1000n, width: 256 })).toBe('0/x001/000');
});

test('a path is read back, and only in its one form', () => {
  for (const path of ['0/000', '63/x001/x234/067', 'entries/x999/999.p/255', '1/001.p/1']) {
    expect(tilePath(parseTilePath(path)!)).toBe(path);
  }
  const wrong = [
    '0/0',
    '0/0000',
    '0/x000/001',
    '00/001',
    '64/000',
    '0/000.p/0',
    '0/000.p/256',
    '0/000.p/01',
    '0/001/x000',
    'x/000',
    '0/000/',
    '0/000.p/',
    'entries',
    '-1/000',
  ];
  expect(wrong.filter((path) => parseTilePath(path) !== null)).toEqual([]);
});

test('what no log can reach is no tile, however large its number', () => {
  const most = 2n ** 63n / 256n;
  const path = (index: bigint) => tilePath({ level: null, index, width: 256 });
  expect(parseTilePath(path(most - 1n))?.index).toBe(most - 1n);
  expect(parseTilePath(path(most))).toBeNull();
  expect(parseTilePath(path(10n ** 40n))).toBeNull();
});

test('a log of 70,000 entries has the tiles that the specification counts', () => {
  const widths = (level: number | null) => [...tilesOf(level, 70_000n)].map(({ width }) => width);
  expect(widths(0).filter((width) => width === 256)).toHaveLength(273);
  expect(widths(0).at(-1)).toBe(112);
  expect(widths(1)).toEqual([256, 17]);
  expect(widths(2)).toEqual([1]);
  expect(widths(3)).toEqual([]);
  expect(widths(null)).toEqual(widths(0));
  expect([...tilesOf(1, 256n)]).toEqual([{ level: 1, index: 0n, width: 1 }]);
});

test('a tile is there once the log has reached it, of any width up to then', () => {
  const tile = (level: number, index: bigint, width: number) => ({ level, index, width });
  expect(isReached(tile(0, 0n, 256), 255n)).toBe(false);
  expect(isReached(tile(0, 0n, 255), 255n)).toBe(true);
  expect(isReached(tile(0, 0n, 3), 255n)).toBe(true);
  expect(isReached(tile(1, 0n, 1), 255n)).toBe(false);
  expect(isReached(tile(1, 0n, 1), 256n)).toBe(true);
});
