import { expect, test } from 'vitest';
import { type Charged, deficitsOf, type Proven } from './deficits.ts';

const proven: Proven[] = [
  { requestId: 'r', datasetId: 'd1', rhoPico: 3n },
  { requestId: 'r', datasetId: 'd2', rhoPico: 5n },
];
const onAll = (rhoPico: bigint, isDecided = false): Charged[] => [
  { requestId: 'r', accountId: 'a1', kind: 'dataset', ownerId: 'd1', rhoPico, isDecided },
  { requestId: 'r', accountId: 'a2', kind: 'dataset', ownerId: 'd2', rhoPico, isDecided },
  { requestId: 'r', accountId: 'u', kind: 'user', ownerId: 'x', rhoPico, isDecided },
];
const accountsOf = (datasetId: string) => ({ d1: ['a1'], d2: ['a2', 'a2-last-year'] })[datasetId] ?? [];

test('a request that the ledger lost is charged to the datasets, in every period it may be of', () => {
  expect(deficitsOf(proven, [], accountsOf)).toEqual({
    deficits: [
      { requestId: 'r', accountId: 'a1', rhoPico: 3n },
      { requestId: 'r', accountId: 'a2', rhoPico: 5n },
      { requestId: 'r', accountId: 'a2-last-year', rhoPico: 5n },
    ],
    homeless: [],
  });
});

test('one that stands as given back is charged to whom its entries name, the caller at the most', () => {
  expect(deficitsOf(proven, onAll(0n), accountsOf).deficits).toEqual([
    { requestId: 'r', accountId: 'a1', rhoPico: 3n },
    { requestId: 'r', accountId: 'a2', rhoPico: 5n },
    { requestId: 'r', accountId: 'u', rhoPico: 5n },
  ]);
});

test('what was charged already counts, and more than was proved is never given back', () => {
  expect(deficitsOf(proven, onAll(4n), accountsOf).deficits).toEqual([
    { requestId: 'r', accountId: 'a2', rhoPico: 1n },
    { requestId: 'r', accountId: 'u', rhoPico: 1n },
  ]);
  expect(deficitsOf(proven, onAll(9n), accountsOf)).toEqual({ deficits: [], homeless: [] });
});

test('what a standing reservation or an answer decides is left; a dataset outside of it is charged', () => {
  expect(deficitsOf(proven, onAll(1n, true), accountsOf)).toEqual({ deficits: [], homeless: [] });
  const others = onAll(1n, true).filter(({ accountId }) => accountId !== 'a1');
  expect(deficitsOf(proven, others, accountsOf).deficits).toEqual([
    { requestId: 'r', accountId: 'a1', rhoPico: 3n },
  ]);
});

test('a dataset without an account is named', () => {
  expect(deficitsOf(proven, [], () => []).homeless).toEqual([
    { requestId: 'r', datasetId: 'd1', rhoPico: 3n },
    { requestId: 'r', datasetId: 'd2', rhoPico: 5n },
  ]);
});
