import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { voteDistribution } from '../../mechanisms/vote.ts';
import { boundedRangeAttainedPair, boundedRangePair } from './bounded-range-pair.ts';
import { discretise } from './discretise.ts';
import { deltaFromLosses, epsilonFromLosses } from './hockey-stick.ts';
import { composePairs, pldEpsilon } from './pld.ts';

const etas = fc.double({ min: 0.01, max: 4, noNaN: true });
const shares = fc.double({ min: 0, max: 1, noNaN: true });

/** The hockey-stick divergence of two distributions on the same outcomes. */
function hockeyStick(p: readonly number[], q: readonly number[], epsilon: number): number {
  return p.reduce((sum, mass, i) => sum + Math.max(0, mass - Math.exp(epsilon) * q[i]!), 0);
}

/** The two-point pair of losses t and t - eta. */
function twoPoint(eta: number, t: number) {
  const mass = (Math.exp(eta) - Math.exp(t)) / Math.expm1(eta);
  return { p: [mass, 1 - mass], q: [mass * Math.exp(-t), (1 - mass) * Math.exp(eta - t)] };
}

const envelope = (eta: number, epsilon: number) =>
  epsilon >= eta ? 0 : (Math.exp(eta / 2) - Math.exp(epsilon / 2)) ** 2 / Math.expm1(eta);

describe('boundedRangePair', () => {
  it('has the envelope of all two-point pairs as its curve', () => {
    fc.assert(
      fc.property(etas, shares, shares, (eta, where, share) => {
        const epsilon = where * eta;
        const { p, q } = twoPoint(eta, share * eta);
        expect(hockeyStick(p, q, epsilon)).toBeLessThanOrEqual(envelope(eta, epsilon) + 1e-12);
        const worst = twoPoint(eta, (epsilon + eta) / 2);
        expect(hockeyStick(worst.p, worst.q, epsilon)).toBeCloseTo(envelope(eta, epsilon), 12);
        const got = deltaFromLosses(discretise(boundedRangePair(eta), eta / 512), epsilon);
        expect(got).toBeGreaterThanOrEqual(envelope(eta, epsilon) - 1e-12);
        expect(got).toBeLessThanOrEqual(envelope(eta, epsilon) + 1e-4);
      }),
    );
  });

  it('dominates two steps of which the second picks its t by what the first gave', () => {
    fc.assert(
      fc.property(etas, shares, shares, shares, shares, (eta, first, up, down, where) => {
        const step = twoPoint(eta, first * eta);
        const next = [twoPoint(eta, up * eta), twoPoint(eta, down * eta)];
        const p = step.p.flatMap((mass, i) => next[i]!.p.map((then) => mass * then));
        const q = step.q.flatMap((mass, i) => next[i]!.q.map((then) => mass * then));
        const composed = composePairs([{ pair: boundedRangePair(eta), count: 2 }], 1e-9);
        const epsilon = where * 2 * eta;
        expect(hockeyStick(p, q, epsilon)).toBeLessThanOrEqual(deltaFromLosses(composed, epsilon) + 1e-12);
      }),
      { numRuns: 15 },
    );
  });

  it('dominates real votes: one shard of any counts moves its vote', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 200 }), shares, (scores, thousandths, where) => {
        const beta = { num: BigInt(thousandths), den: 100n };
        const eta = (2 * thousandths) / 100;
        const moved = [scores[0]! + 1, ...scores.slice(1, -1), Math.max(0, scores.at(-1)! - 1)];
        const p = voteDistribution(moved, beta);
        const q = voteDistribution(scores, beta);
        const epsilon = where * eta;
        expect(hockeyStick(p, q, epsilon)).toBeLessThanOrEqual(envelope(eta, epsilon) + 1e-12);
        expect(hockeyStick(q, p, epsilon)).toBeLessThanOrEqual(envelope(eta, epsilon) + 1e-12);
      }),
    );
  });

  it('is never below what neighbours attain, and not above a pure bound', () => {
    fc.assert(
      fc.property(etas, fc.integer({ min: 1, max: 300 }), (eta, count) => {
        const attained = epsilonFromLosses(
          composePairs([{ pair: boundedRangeAttainedPair(eta), count }], 1e-5),
          1e-5,
        );
        const proven = pldEpsilon([{ type: 'bounded_range', eta, count }], 1e-5, 'replace_one')!;
        const pure = pldEpsilon(
          [{ type: 'epsilon_delta', epsilon: eta, delta: 0, count }],
          1e-5,
          'replace_one',
        )!;
        expect(attained).toBeLessThanOrEqual(proven + 1e-6);
        expect(proven).toBeLessThanOrEqual(pure * (1 + 1e-3));
      }),
      { numRuns: 10 },
    );
  });

  it('proves .57 of the charge of a single vote at epsilon 0.1, as any mechanism of its kind', () => {
    const eta = 2 * Math.sqrt(2 * 4.33e-4);
    const proven = pldEpsilon([{ type: 'bounded_range', eta, count: 1 }], 1e-5, 'replace_one')!;
    expect(proven / 0.1).toBeCloseTo(0.573, 2);
    expect(proven).toBeLessThan(eta);
  });
});
