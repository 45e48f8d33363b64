import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rhoFromEpsilon } from '../accounting/zcdp.ts';
import { voteDistribution } from '../mechanisms/vote.ts';
import { chargeForEpsilon } from '../mechanisms/vote-charge.ts';
import {
  isVoteUseful,
  MIN_PROBABILITY_RIGHT,
  voteProbabilityRight,
  voteUsefulness,
} from './vote-usefulness.ts';

const DELTA = 1e-5;

describe('voteProbabilityRight', () => {
  it.each([
    [4, 8, [0.28, 0.38, 0.52]],
    [4, 32, [0.37, 0.8, 0.97]],
    [4, 64, [0.51, 0.98, 1]],
    [4, 128, [0.76, 1, 1]],
    [4, 256, [0.97, 1, 1]],
    [4, 400, [1, 1, 1]],
    [12, 64, [0.24, 0.96, 1]],
    [12, 128, [0.53, 1, 1]],
    [12, 256, [0.94, 1, 1]],
    [64, 64, [0.06, 0.84, 1]],
    [64, 256, [0.75, 1, 1]],
    [64, 400, [0.98, 1, 1]],
  ])(
    'with %d labels and %d shards is the published chance at epsilon 0.1, 0.5 and 1',
    (labelCount, shards, chances) => {
      const found = [0.1, 0.5, 1].map((epsilon) =>
        voteProbabilityRight({ labelCount, shards, rhoPico: rhoFromEpsilon(epsilon, DELTA) }),
      );
      expect(found.map((chance) => Number(chance.toFixed(2)))).toEqual(chances);
    },
  );

  it('is what the mechanism does where the counts are whole', () => {
    const { rhoPico, beta } = chargeForEpsilon(0.5, DELTA);
    const exact = voteDistribution([70, 10, 10, 10], beta)[0]!;
    expect(voteProbabilityRight({ labelCount: 4, shards: 100, rhoPico })).toBeCloseTo(exact, 9);
  });

  it('is certain with a single label, and chance without budget', () => {
    expect(voteProbabilityRight({ labelCount: 1, shards: 5, rhoPico: 0n })).toBe(1);
    expect(voteProbabilityRight({ labelCount: 4, shards: 500, rhoPico: 0n })).toBe(0.25);
  });

  it('refuses parameters that mean nothing', () => {
    expect(() => voteProbabilityRight({ labelCount: 0, shards: 5, rhoPico: 1n })).toThrow(/^labelCount/);
    expect(() => voteProbabilityRight({ labelCount: 2, shards: 0, rhoPico: 1n })).toThrow(/^shards/);
    expect(() => voteProbabilityRight({ labelCount: 2, shards: 1.5, rhoPico: 1n })).toThrow(/^shards/);
    expect(() => voteProbabilityRight({ labelCount: 2, shards: 5, rhoPico: 1n, plurality: 0 })).toThrow(
      /^plurality/,
    );
  });
});

describe('voteUsefulness', () => {
  it.each([
    [4, 0.1, 141],
    [4, 0.5, 32],
    [4, 1, 17],
    [12, 0.1, 192],
    [12, 0.5, 44],
    [12, 1, 23],
  ])('with %d labels at epsilon %d needs %d shards', (labelCount, epsilon, fewest) => {
    const enough = voteUsefulness({ labelCount, shards: fewest, epsilon, delta: DELTA });
    const short = voteUsefulness({ labelCount, shards: fewest - 1, epsilon, delta: DELTA });
    expect(enough.useful).toBe(true);
    expect(short.useful).toBe(false);
    expect(short.suffices.shards).toBe(fewest);
  });

  it('suggests what is enough, and nothing more than that', () => {
    const labelCounts = fc.integer({ min: 2, max: 64 });
    const shardCounts = fc.integer({ min: 3, max: 400 });
    const epsilons = fc.double({ min: 0.01, max: 5, noNaN: true });
    fc.assert(
      fc.property(labelCounts, shardCounts, epsilons, (labelCount, shards, epsilon) => {
        const useful = (other: { shards?: number; epsilon?: number }) =>
          voteUsefulness({ labelCount, shards, epsilon, delta: DELTA, ...other }).useful;
        const {
          probabilityRight,
          useful: now,
          suffices,
        } = voteUsefulness({ labelCount, shards, epsilon, delta: DELTA });
        expect(now).toBe(probabilityRight >= MIN_PROBABILITY_RIGHT);
        expect(isVoteUseful({ labelCount, shards, epsilon, delta: DELTA })).toBe(now);
        const fewest = suffices.shards!;
        expect(now).toBe(shards >= fewest);
        expect(useful({ shards: fewest })).toBe(true);
        if (fewest > 1) expect(useful({ shards: fewest - 1 })).toBe(false);
        if (suffices.epsilon === null) expect(useful({ epsilon: 20 })).toBe(false);
        else {
          expect(useful({ epsilon: suffices.epsilon })).toBe(true);
          if (suffices.epsilon > 0.001) expect(useful({ epsilon: suffices.epsilon - 0.001 })).toBe(false);
        }
      }),
    );
  });

  it('says how sure the plurality is at other margins, where it is one', () => {
    const chancesOf = (labelCount: number) =>
      voteUsefulness({ labelCount, shards: 64, epsilon: 0.5, delta: DELTA }).chances;
    expect(chancesOf(2).map(({ plurality }) => plurality)).toEqual([0.6, 0.7, 0.8, 0.9]);
    const four = chancesOf(4);
    expect(four.map(({ plurality }) => plurality)).toEqual([0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
    expect(four[3]!.probabilityRight.toFixed(3)).toBe('0.980');
    const chances = four.map(({ probabilityRight }) => probabilityRight);
    expect(chances).toEqual(chances.toSorted((a, b) => a - b));
  });

  it('bounds what data can do to the odds of two labels, for one patient and for all', () => {
    const { beta } = chargeForEpsilon(0.5, DELTA);
    const { oddsRatio } = voteUsefulness({ labelCount: 2, shards: 8, epsilon: 0.5, delta: DELTA });
    const odds = ([first, second]: number[]) => {
      const [p, q] = voteDistribution([first!, second!], beta);
      return p! / q!;
    };
    expect(oddsRatio?.allPatients).toBeCloseTo(odds([8, 0]) / odds([0, 0]), 9);
    expect(oddsRatio?.onePatient).toBeCloseTo(odds([5, 3]) / odds([4, 4]), 9);
    const boundless = voteUsefulness({ labelCount: 2, shards: 9999, epsilon: 20, delta: DELTA });
    expect(JSON.parse(JSON.stringify(boundless))).toEqual(boundless);
  });

  it('suggests no epsilon when none up to 20 would do', () => {
    expect(
      voteUsefulness({ labelCount: 64, shards: 1, epsilon: 1, delta: DELTA }).suffices.epsilon,
    ).toBeNull();
  });

  it('says that no number of shards makes up for an epsilon that buys nothing', () => {
    const { useful, suffices } = voteUsefulness({ labelCount: 4, shards: 400, epsilon: 1e-9, delta: 1e-12 });
    expect(useful).toBe(false);
    expect(suffices.shards).toBeNull();
  });

  it('finds a single label useful at any price', () => {
    expect(voteUsefulness({ labelCount: 1, shards: 3, epsilon: 0.1, delta: DELTA })).toMatchObject({
      probabilityRight: 1,
      useful: true,
      suffices: { epsilon: 0.001, shards: 1 },
    });
  });
});
