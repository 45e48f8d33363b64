import { expect, test } from 'vitest';
import { type Candidate, chooseCohort } from './choose-cohort.ts';

const EASY = { minCohort: 3, minCollude: 1, minSigmaLocal: 2 };
const node = (nodeId: string, change: Partial<Candidate> = {}): Candidate => ({
  nodeId,
  datasetId: `dataset ${nodeId}`,
  shards: 64,
  remainingRhoPico: 1_000n,
  probeMs: 5,
  availability: 1,
  conditions: EASY,
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
    termsOf: (cohort) => ({
      nodes: cohort.length,
      masking: 'all-or-nothing',
      maxCollude: 1,
      maxDropouts: 0,
      minCohort: 3,
      // As the sum of all noise is what counts, each adds less where more add it.
      sigma2Local: 300 / cohort.length,
    }),
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

test('whoever would refuse the round is not asked, however much budget its dataset has', () => {
  const strict = { ...EASY, minCollude: 2 };
  const nodes = [node('a', { conditions: strict, remainingRhoPico: 2_000n }), ...FOUR.slice(1)];
  expect(idsOf(choose(nodes, () => 1n, atLeast(1)))).toEqual(['b', 'c', 'd']);
  expect(choose(nodes, () => 1n, atLeast(193))).toMatchObject({
    kind: 'not_useful',
    cohort: nodes.slice(1),
    others: 1,
  });
  const two = [...nodes.slice(0, 3), node('d', { conditions: strict })];
  expect(choose(two, () => 1n, atLeast(1))).toEqual({ kind: 'conditions_unmet', willing: 2 });
});

test('a hospital that wants more noise is asked where the cohort is small enough for it', () => {
  // 100 votes squared where three add their share, 75 where four do.
  const wants = (minSigmaLocal: number) => node('a', { conditions: { ...EASY, minSigmaLocal } });
  const with3 = [wants(10), ...FOUR.slice(1)];
  expect(idsOf(choose(with3, () => 1n, atLeast(1)))).toEqual(['a', 'b', 'c']);
  expect(choose(with3, () => 1n, atLeast(193))).toMatchObject({ kind: 'not_useful', others: 1 });
  expect(idsOf(choose([wants(10.1), ...FOUR.slice(1)], () => 1n, atLeast(1)))).toEqual(['b', 'c', 'd']);
  expect(idsOf(choose([wants(8.6), ...FOUR.slice(1)], () => 1n, atLeast(193)))).toHaveLength(4);
});

test('a hospital that wants a larger cohort than three is asked in a larger one only', () => {
  const large = FOUR.map((one) => ({ ...one, conditions: { ...EASY, minCohort: 4 } }));
  // The router's own bound is three: it could take a smaller sum than they allow.
  expect(choose(large, () => 1n, atLeast(1))).toEqual({ kind: 'conditions_unmet', willing: 1 });
});
