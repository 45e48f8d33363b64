import { expect, test } from 'vitest';
import { type Candidate, chooseCohort } from './choose-cohort.ts';

const node = (nodeId: string, change: Partial<Candidate> = {}): Candidate => ({
  nodeId,
  datasetId: `dataset ${nodeId}`,
  shards: 64,
  remainingRhoPico: 1_000n,
  probeMs: 5,
  ...change,
});
const FOUR = ['a', 'b', 'c', 'd'].map((id) => node(id));
const atLeast = (needed: number) => (shards: number) => shards >= needed;
const idsOf = (choice: ReturnType<typeof chooseCohort>) =>
  choice.kind === 'chosen' ? choice.cohort.map((candidate) => candidate.nodeId) : choice.kind;

test('the fewest nodes that make the question useful, and never fewer than three', () => {
  expect(idsOf(chooseCohort(FOUR, () => 1n, atLeast(1)))).toEqual(['a', 'b', 'c']);
  expect(idsOf(chooseCohort(FOUR, () => 1n, atLeast(193)))).toEqual(['a', 'b', 'c', 'd']);
  expect(chooseCohort(FOUR, () => 1n, atLeast(257))).toEqual({ kind: 'not_useful', shards: 256 });
});

test('most budget first, then the quicker probe, then the id', () => {
  const nodes = [
    node('a', { remainingRhoPico: 5n }),
    node('b', { probeMs: null }),
    node('c'),
    node('d', { probeMs: 1 }),
  ];
  expect(idsOf(chooseCohort(nodes, () => 1n, atLeast(1)))).toEqual(['d', 'c', 'b']);
  expect(idsOf(chooseCohort([...nodes].reverse(), () => 1n, atLeast(1)))).toEqual(['d', 'c', 'b']);
});

test('a dataset that cannot bear the charge is not asked', () => {
  const nodes = [node('a', { remainingRhoPico: 9n }), ...FOUR.slice(1)];
  expect(idsOf(chooseCohort(nodes, () => 10n, atLeast(1)))).toEqual(['b', 'c', 'd']);
  expect(chooseCohort(nodes.slice(0, 3), () => 10n, atLeast(1))).toEqual({
    kind: 'exhausted',
    affordable: 2,
  });
});

test('two nodes are too few', () => {
  expect(chooseCohort(FOUR.slice(0, 2), () => 1n, atLeast(1))).toEqual({ kind: 'too_small', available: 2 });
});

test('two nodes on the same records are one: each patient votes once', () => {
  const twice = [...FOUR.slice(0, 2), node('b2', { datasetId: 'dataset b', probeMs: 1 })];
  expect(chooseCohort(twice, () => 1n, atLeast(1))).toEqual({ kind: 'too_small', available: 2 });
  expect(idsOf(chooseCohort([...twice, node('c')], () => 1n, atLeast(1)))).toEqual(['b2', 'a', 'c']);
});

test('a charge that falls with more shards is borne where fewer would be too dear', () => {
  const cost = (shards: number) => BigInt(Math.ceil(256_000 / shards));
  expect(idsOf(chooseCohort(FOUR, cost, atLeast(1)))).toEqual(['a', 'b', 'c', 'd']);
  const poor = FOUR.map((one) => ({ ...one, remainingRhoPico: 900n }));
  expect(chooseCohort(poor, cost, atLeast(1))).toEqual({ kind: 'exhausted', affordable: 0 });
});
