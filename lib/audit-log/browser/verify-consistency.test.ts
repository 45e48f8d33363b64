import { expect, it } from 'vitest';
import { testLog } from './testing-log.ts';
import { verifyConsistency } from './verify-consistency.ts';

const SIZES = 20;
const log = testLog();
const head = (size: number, of = log) => ({ size, rootHash: of.rootHash(size) });
const flip = (text: string) => (text.startsWith('0') ? `1${text.slice(1)}` : `0${text.slice(1)}`);

it('holds between all sizes of one log', async () => {
  for (let to = 1; to <= SIZES; to++)
    for (let from = 1; from <= to; from++) {
      const path = await log.consistency(from, to);
      expect(await verifyConsistency({ from: head(from), to: head(to), path }), `${from} ${to}`).toBe(
        'holds',
      );
    }
});

it('fails for every hash that is changed, left out or added', async () => {
  for (let from = 1; from < SIZES; from++) {
    const path = await log.consistency(from, SIZES);
    const between = { from: head(from), to: head(SIZES) };
    const wrong = path.flatMap((_, at) => [path.with(at, flip(path[at]!)), path.toSpliced(at, 1)]);
    for (const other of [...wrong, [...path, path[0]!], []])
      expect(await verifyConsistency({ ...between, path: other }), `${from}`).toBe('fails');
  }
});

it('fails between two histories of one size or more, whoever gives the proof', async () => {
  const other = testLog('another', log.key);
  for (const [from, to] of [
    [7, 7],
    [7, 12],
    [8, 12],
    [8, 16],
  ] as const)
    for (const path of [await log.consistency(from, to), await other.consistency(from, to)])
      expect(await verifyConsistency({ from: head(from), to: head(to, other), path })).toBe('fails');
});

it('fails for a later tree that is the smaller one, and for what is no hash', async () => {
  expect(await verifyConsistency({ from: head(8), to: head(7), path: [] })).toBe('fails');
  expect(await verifyConsistency({ from: head(7), to: head(8), path: ['x'] })).toBe('fails');
  expect(await verifyConsistency({ from: { size: '-1', rootHash: '' }, to: head(8), path: [] })).toBe(
    'fails',
  );
});

it('everything continues the empty log', async () => {
  expect(await verifyConsistency({ from: { size: 0, rootHash: '' }, to: head(3), path: [] })).toBe('holds');
});
