import { expect, test } from 'vitest';
import { type Candidate, chooseCohort } from './choose-cohort.ts';

const node = (nodeId: string, change: Partial<Candidate> = {}): Candidate => ({
  nodeId,
  datasetId: `dataset ${nodeId}`,
  shards: 64,
  remainingRhoPico: 1_000n,
  probeMs: 5,
  availability: 1,
  ...change,
});
const FOUR = ['a', 'b', 'c', 'd'].map((id) => node(id));
const atLeast = (needed: number) => (shards: number) => shards >= needed;
const shardsOf = (cohort: readonly Candidate[]) => cohort.reduce((sum, { shards }) => sum + shards, 0);
/** Cost and use by shards; every two answer together unless said otherwise. */
const choose = (
  candidates: readonly Candidate[],
  cost: (shards: number) => bigint,
  isUseful: (shards: number) => boolean,
  areTogether: (a: string, b: string) => boolean = () => true,
) =>
  chooseCohort(candidates, {
    minCohort: 3,
    rhoPicoOf: (cohort) => cost(shardsOf(cohort)),
    isUseful: (cohort) => isUseful(shardsOf(cohort)),
    areTogether,
  });
const idsOf = (choice: ReturnType<typeof chooseCohort>) =>
  choice.kind === 'chosen' ? choice.cohort.map((candidate) => candidate.nodeId) : choice.kind;

test('the fewest nodes that make the question useful, and never fewer than three', () => {
  expect(idsOf(choose(FOUR, () => 1n, atLeast(1)))).toEqual(['a', 'b', 'c']);
  expect(idsOf(choose(FOUR, () => 1n, atLeast(193)))).toEqual(['a', 'b', 'c', 'd']);
  expect(choose(FOUR, () => 1n, atLeast(257))).toMatchObject({ kind: 'not_useful', cohort: FOUR });
});

test('most budget first, then the quicker probe, then the id', () => {
  const nodes = [
    node('a', { remainingRhoPico: 5n }),
    node('b', { probeMs: null }),
    node('c'),
    node('d', { probeMs: 1 }),
  ];
  expect(idsOf(choose(nodes, () => 1n, atLeast(1)))).toEqual(['d', 'c', 'b']);
  expect(idsOf(choose([...nodes].reverse(), () => 1n, atLeast(1)))).toEqual(['d', 'c', 'b']);
});

test('a dataset that cannot bear the charge is not asked', () => {
  const nodes = [node('a', { remainingRhoPico: 9n }), ...FOUR.slice(1)];
  expect(idsOf(choose(nodes, () => 10n, atLeast(1)))).toEqual(['b', 'c', 'd']);
  expect(choose(nodes.slice(0, 3), () => 10n, atLeast(1))).toEqual({
    kind: 'exhausted',
    affordable: 2,
  });
});

test('two nodes are too few', () => {
  expect(choose(FOUR.slice(0, 2), () => 1n, atLeast(1))).toEqual({ kind: 'too_small', available: 2 });
});

test('two nodes on the same records are one: each patient votes once', () => {
  const twice = [...FOUR.slice(0, 2), node('b2', { datasetId: 'dataset b', probeMs: 1 })];
  expect(choose(twice, () => 1n, atLeast(1))).toEqual({ kind: 'too_small', available: 2 });
  expect(idsOf(choose([...twice, node('c')], () => 1n, atLeast(1)))).toEqual(['b2', 'a', 'c']);
});

test('a charge that falls with more shards is borne where fewer would be too dear', () => {
  const cost = (shards: number) => BigInt(Math.ceil(256_000 / shards));
  expect(idsOf(choose(FOUR, cost, atLeast(1)))).toEqual(['a', 'b', 'c', 'd']);
  const poor = FOUR.map((one) => ({ ...one, remainingRhoPico: 900n }));
  expect(choose(poor, cost, atLeast(1))).toEqual({ kind: 'exhausted', affordable: 0 });
});

test('only those who have pinned each other answer together, in the order of their budgets', () => {
  const apart = (one: string, other: string) => (a: string, b: string) =>
    !(a === one && b === other) && !(a === other && b === one);
  expect(idsOf(choose(FOUR, () => 1n, atLeast(1), apart('a', 'b')))).toEqual(['a', 'c', 'd']);
  expect(choose(FOUR, () => 1n, atLeast(193), apart('a', 'b'))).toMatchObject({ kind: 'not_useful' });
  // The first one is pinned by nobody: the others go without it.
  const withoutA = (a: string, b: string) => a !== 'a' && b !== 'a';
  expect(idsOf(choose(FOUR, () => 1n, atLeast(1), withoutA))).toEqual(['b', 'c', 'd']);
  expect(
    choose(
      FOUR,
      () => 1n,
      atLeast(1),
      () => false,
    ),
  ).toEqual({ kind: 'too_small', available: 1 });
});
