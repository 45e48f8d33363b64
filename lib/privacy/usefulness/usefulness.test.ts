import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rhoFromEpsilon } from '../accounting/zcdp.ts';
import { clopperPearson } from '../audit/clopper-pearson.ts';
import { drawConsensus } from '../mechanisms/consensus.ts';
import { consensusCharge } from '../mechanisms/consensus-charge.ts';
import { noisyWinner, sampleNoiseShare, sigmaLocalFor } from '../mechanisms/distributed-gaussian.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { consensusUsefulness, isConsensusUseful } from './consensus-usefulness.ts';
import { gaussianVoteUsefulness } from './gaussian-vote-usefulness.ts';
import { isShortAnswerUseful, shortAnswerUsefulness } from './short-answer-usefulness.ts';
import { type UsefulnessQuestion, usefulnessOf } from './usefulness.ts';

const DELTA = 1e-5;
const ONE = { num: 1n, den: 1n };
const FOUR_NODES = { nodes: 4, maxCollude: 1, maxDropouts: 0 };

function expectShare(hits: number, trials: number, expected: number): void {
  const { lower, upper } = clopperPearson(hits, trials, 1e-7);
  expect(expected).toBeGreaterThanOrEqual(lower);
  expect(expected).toBeLessThanOrEqual(upper);
}

describe('the gaussian vote', () => {
  it.each([
    [256, 0.1, 0.937],
    [64, 0.5, 0.962],
  ])('with %d shards at epsilon %d is right as published', (shards, epsilon, published) => {
    const { probabilityRight } = gaussianVoteUsefulness({
      labelCount: 4,
      shards,
      epsilon,
      delta: DELTA,
      ...FOUR_NODES,
    });
    // The rest is spread evenly to fractions of a vote; in whole votes (45/7/6/6) it is .962 instead of .961.
    expect(Math.abs(probabilityRight - published)).toBeLessThan(0.0015);
  });

  it('is right as often as its own draws are', () => {
    const question = { labelCount: 3, shards: 20, epsilon: 1, delta: DELTA, ...FOUR_NODES };
    const { chances } = gaussianVoteUsefulness(question);
    const { sigma2Local } = sigmaLocalFor(rhoFromEpsilon(1, DELTA), { survivors: 3, labelCount: 3 });
    const random = seededRandom('gaussian usefulness');
    let hits = 0;
    for (let trial = 0; trial < 20_000; trial += 1) {
      const counts = [4, 4, 4];
      // The position of the plurality changes, as lower indices win ties.
      const right = trial % 3;
      counts[right] = 12;
      for (let node = 0; node < 4; node += 1) {
        const share = sampleNoiseShare({ labelCount: 3, sigma2Local, random });
        for (const label of [0, 1, 2]) counts[label]! += share[label]!;
      }
      if (noisyWinner(counts) === right) hits += 1;
    }
    const expected = chances.find(({ plurality }) => plurality === 0.6)!.probabilityRight;
    expectShare(hits, 20_000, expected);
  });

  it('is chance where nothing leads, and certain with a single label', () => {
    const question = { shards: 1, epsilon: 0.001, delta: DELTA, ...FOUR_NODES };
    expect(gaussianVoteUsefulness({ ...question, labelCount: 5 }).probabilityRight).toBeCloseTo(0.2, 2);
    expect(gaussianVoteUsefulness({ ...question, labelCount: 1 }).probabilityRight).toBe(1);
  });
});

describe('a consensus vote', () => {
  it.each(['threshold', 'margin'] as const)('by %s does what its draws do', (kind) => {
    const question = { labelCount: 4, shards: 40, epsilon: 1, delta: DELTA, kind };
    const judged = consensusUsefulness(question);
    const charge = consensusCharge(1, DELTA, kind, 40);
    const random = seededRandom(`consensus usefulness ${kind}`);
    const draws = (counts: number[]) =>
      Array.from({ length: 10_000 }, () => drawConsensus({ counts, charge, random }));
    const clear = draws([28, 4, 4, 4]);
    expectShare(clear.filter((label) => label === 0).length, 10_000, judged.probabilityRight);
    expectShare(clear.filter((label) => label !== null).length, 10_000, judged.probabilityAnswers);
    const tied = draws([20, 20, 0, 0]);
    expectShare(tied.filter((label) => label === null).length, 10_000, judged.probabilityAbstains);
  });

  it.each([
    ['threshold', 2],
    ['threshold', 4],
    ['threshold', 12],
    ['margin', 4],
    ['margin', 12],
  ] as const)(
    'by %s of %d labels needs no more shards at epsilon 0.5 than its parts were chosen for',
    (kind, labelCount) => {
      const { suffices } = consensusUsefulness({ labelCount, shards: 64, epsilon: 0.5, delta: DELTA, kind });
      expect(suffices.shards).toBeLessThanOrEqual(kind === 'threshold' ? 100 : 80);
    },
  );
});

describe('a short answer', () => {
  it.each([
    [128, 0.1, 3, false],
    [128, 0.5, 69, true],
    [256, 0.1, 14, false],
    [400, 0.1, 34, true],
  ])('of %d shards at epsilon %d affords %d tokens', (shards, epsilon, tokens, useful) => {
    expect(shortAnswerUsefulness({ clip: ONE, shards, epsilon, delta: DELTA })).toMatchObject({
      tokens,
      useful,
    });
  });

  it.each([
    [ONE, 7.4],
    [{ num: 1n, den: 2n }, 2.7],
  ])('moves odds by the published factor at most', (clip, factor) => {
    const { oddsRatio } = shortAnswerUsefulness({ clip, shards: 256, epsilon: 0.5, delta: DELTA });
    expect(Number(oddsRatio.allPatients.toFixed(1))).toBe(factor);
    expect(oddsRatio.onePatient).toBeCloseTo(factor ** (2 / 256), 2);
  });
});

const questions = fc
  .record({
    labelCount: fc.integer({ min: 2, max: 32 }),
    shards: fc.integer({ min: 3, max: 400 }),
    epsilon: fc.double({ min: 0.02, max: 5, noNaN: true }),
    kind: fc.constantFrom('threshold' as const, 'margin' as const),
  })
  .chain((given) => {
    const common = { ...given, delta: DELTA };
    return fc.constantFrom<UsefulnessQuestion>(
      { mechanism: 'vote', mode: 'gaussian', ...common, ...FOUR_NODES },
      { mechanism: 'consensus', mode: 'exact', ...common },
      { mechanism: 'consensus', mode: 'gaussian', ...common, ...FOUR_NODES },
      { mechanism: 'short-answer', clip: ONE, ...common },
    );
  });

it('what is suggested is enough, and a thousandth of epsilon or a shard less is not', () => {
  fc.assert(
    fc.property(questions, (question) => {
      const usefulWith = (other: { shards?: number; epsilon?: number }) =>
        usefulnessOf({ ...question, ...other }).useful;
      const { suffices } = usefulnessOf(question);
      if (suffices.epsilon === null) expect(usefulWith({ epsilon: 20 })).toBe(false);
      else {
        expect(usefulWith({ epsilon: suffices.epsilon })).toBe(true);
        if (suffices.epsilon > 0.001) expect(usefulWith({ epsilon: suffices.epsilon - 0.001 })).toBe(false);
      }
      expect(usefulWith({ shards: suffices.shards! })).toBe(true);
      if (question.mechanism !== 'consensus' && suffices.shards! > 1)
        expect(usefulWith({ shards: suffices.shards! - 1 })).toBe(false);
    }),
    { numRuns: 40 },
  );
});

it('is JSON as it stands', () => {
  fc.assert(
    fc.property(questions, (question) => {
      const found = usefulnessOf(question);
      expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    }),
    { numRuns: 20 },
  );
});

it('is judged for a cohort as it is judged for a quote', () => {
  const [kinds, clips] = [['threshold', 'margin'] as const, [ONE, { num: 1n, den: 2n }]];
  fc.assert(
    fc.property(
      fc.record({ labelCount: fc.integer({ min: 2, max: 64 }), shards: fc.integer({ min: 1, max: 400 }) }),
      fc.double({ min: 0.05, max: 3, noNaN: true }),
      fc.constantFrom(0, 1),
      (counts, epsilon, which) => {
        const vote = { ...counts, epsilon, delta: DELTA, kind: kinds[which]! };
        expect(isConsensusUseful(vote)).toBe(consensusUsefulness(vote).useful);
        const answer = { shards: counts.shards, clip: clips[which]!, epsilon, delta: DELTA };
        expect(isShortAnswerUseful(answer)).toBe(shortAnswerUsefulness(answer).useful);
      },
    ),
    { numRuns: 50 },
  );
});
