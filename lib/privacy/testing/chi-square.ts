import { regularisedGammaQ } from '../audit/special-functions.ts';

/** Smaller expected counts make the chi-square approximation useless, so such outcomes are pooled. */
const MIN_EXPECTED = 5;

type Cell = { seen: number; expected: number };

/**
 * Pearson's test that `counts` were drawn from `probabilities`: the p-value. An outcome of probability 0 that was seen
 * gives 0. @throws RangeError when the lengths differ or nothing is left to compare.
 */
export function chiSquarePValue(counts: readonly number[], probabilities: readonly number[]): number {
  if (counts.length !== probabilities.length)
    throw new RangeError('counts and probabilities differ in length');
  const total = counts.reduce((sum, count) => sum + count, 0);
  const cells: Cell[] = [];
  const pool: Cell = { seen: 0, expected: 0 };
  for (const [i, seen] of counts.entries()) {
    const expected = probabilities[i]! * total;
    if (expected === 0 && seen > 0) return 0;
    if (expected >= MIN_EXPECTED) cells.push({ seen, expected });
    else {
      pool.seen += seen;
      pool.expected += expected;
    }
  }
  mergePool(cells, pool);
  if (cells.length < 2) throw new RangeError('fewer than two outcomes are left to compare');
  const statistic = cells.reduce((sum, { seen, expected }) => sum + (seen - expected) ** 2 / expected, 0);
  return regularisedGammaQ((cells.length - 1) / 2, statistic / 2);
}

/** The pool is a cell of its own when it is large enough, else part of the smallest cell. */
function mergePool(cells: Cell[], pool: Cell): void {
  const smallest = cells.toSorted((a, b) => a.expected - b.expected)[0];
  if (pool.expected >= MIN_EXPECTED || smallest === undefined) cells.push(pool);
  else {
    smallest.seen += pool.seen;
    smallest.expected += pool.expected;
  }
}
