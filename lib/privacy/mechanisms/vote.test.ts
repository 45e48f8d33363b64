import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rhoFromEpsilon } from '../accounting/zcdp.ts';
import { RHO_PICO_PER_UNIT, rhoPicoToNumber } from '../pico-rho.ts';
import { type Rational, rationalToNumber } from '../sampling/rational.ts';
import { histograms, oneVoteMoves } from '../testing/one-vote-moves.ts';
import { renyiDivergence } from '../testing/renyi.ts';
import { voteBeta, voteCostRhoPico, voteDistribution } from './vote.ts';

const ALPHAS = [1, 1.001, 1.01, 1.1, 1.5, 2, 3, 5, 8, 16, 32, 64, 256, 1024, 1e5];

/** The largest D_alpha / (alpha rho) over every histogram, every one-vote move and every order. */
function worstShareOfCharge(labelCount: number, shards: number, beta: Rational): number {
  const rho = rhoPicoToNumber(voteCostRhoPico(beta));
  let worst = 0;
  for (const counts of histograms(labelCount, shards)) {
    const p = voteDistribution(counts, beta);
    for (const neighbour of oneVoteMoves(counts, shards)) {
      const q = voteDistribution(neighbour, beta);
      for (const alpha of ALPHAS) worst = Math.max(worst, renyiDivergence(p, q, alpha) / (alpha * rho));
    }
  }
  return worst;
}

describe('the charge of a vote', () => {
  const betas = [
    ...[0.1, 0.5, 1, 10].map((epsilon) => voteBeta(rhoFromEpsilon(epsilon, 1e-5))),
    { num: 1n, den: 2n },
    { num: 4n, den: 1n },
  ];

  it.each(betas)('covers every Renyi divergence of every one-vote move at beta $num/$den', (beta) => {
    for (const [labelCount, shards] of [
      [2, 8],
      [3, 6],
      [4, 5],
    ] as const) {
      expect(worstShareOfCharge(labelCount, shards, beta)).toBeLessThanOrEqual(1 + 1e-9);
    }
  });

  it('is tight: a charge a tenth smaller would be refuted', () => {
    expect(worstShareOfCharge(2, 8, voteBeta(rhoFromEpsilon(0.1, 1e-5)))).toBeGreaterThan(0.9);
  });

  it('keeps every log-ratio within the range 2 beta', () => {
    const beta = { num: 1n, den: 2n };
    for (const counts of histograms(3, 6)) {
      const p = voteDistribution(counts, beta);
      for (const neighbour of oneVoteMoves(counts, 6)) {
        const q = voteDistribution(neighbour, beta);
        const range =
          renyiDivergence(p, q, Number.POSITIVE_INFINITY) + renyiDivergence(q, p, Number.POSITIVE_INFINITY);
        expect(range).toBeLessThanOrEqual(2 * rationalToNumber(beta) + 1e-12);
      }
    }
  });
});

describe('voteBeta', () => {
  const rhos = fc.bigInt({ min: 0n, max: 200n * RHO_PICO_PER_UNIT });

  it('is the largest on its grid that the cost allows', () => {
    fc.assert(
      fc.property(rhos, (rhoPico) => {
        const { num, den } = voteBeta(rhoPico);
        const budget = 2n * rhoPico * den * den;
        expect(num * num * RHO_PICO_PER_UNIT <= budget).toBe(true);
        expect((num + 1n) ** 2n * RHO_PICO_PER_UNIT > budget).toBe(true);
      }),
    );
  });

  it('never costs more than it was given, and loses at most one pico-rho', () => {
    fc.assert(
      fc.property(rhos, (rhoPico) => {
        const cost = voteCostRhoPico(voteBeta(rhoPico));
        expect(cost <= rhoPico && cost >= rhoPico - 1n).toBe(true);
      }),
    );
  });

  it('refuses a negative cost', () => {
    expect(() => voteBeta(-1n)).toThrow(/^rhoPico/);
  });
});

describe('voteCostRhoPico', () => {
  it('is beta squared over two, rounded up', () => {
    expect(voteCostRhoPico({ num: 1n, den: 1n })).toBe(RHO_PICO_PER_UNIT / 2n);
    expect(voteCostRhoPico({ num: 1n, den: 10n ** 9n })).toBe(1n);
    expect(voteCostRhoPico({ num: 0n, den: 1n })).toBe(0n);
  });
});
