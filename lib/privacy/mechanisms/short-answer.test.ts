import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rhoFromEpsilon } from '../accounting/zcdp.ts';
import { rhoPicoToNumber } from '../pico-rho.ts';
import type { Rational } from '../sampling/rational.ts';
import { worstCornerDivergence } from '../testing/clip-box-corners.ts';
import { renyiDivergence } from '../testing/renyi.ts';
import { rangeRenyi } from './range-renyi.ts';
import {
  affordableTokens,
  clipSteps,
  contributionRange,
  GRID,
  quantiseClipped,
  quantisePublic,
  tokenCostRhoPico,
  tokenRange,
} from './short-answer.ts';

const ONE: Rational = { num: 1n, den: 1n };
const HALF: Rational = { num: 1n, den: 2n };
const ORDERS = [1.01, 1.5, 2, 4, 8, 32, 256, 4096];

describe('the charge of a token', () => {
  it.each([
    [128, ONE, [3, 69, 250]],
    [128, HALF, [14, 278, 1001]],
    [256, ONE, [14, 278, 1001]],
    [256, HALF, [56, 1114, 4005]],
    [400, ONE, [34, 680, 2444]],
  ])('at %d shards affords the published tokens at epsilon 0.1, 0.5 and 1', (shards, clip, tokens) => {
    const found = [0.1, 0.5, 1].map((epsilon) =>
      affordableTokens(rhoFromEpsilon(epsilon, 1e-5), { clip, shards }),
    );
    expect(found).toEqual(tokens);
  });

  it('is the range squared over eight, rounded up', () => {
    const shardCounts = fc.integer({ min: 1, max: 5000 });
    const taus = fc.integer({ min: 1, max: 8 });
    const steps = fc.bigInt({ min: 1n, max: 80_000n });
    fc.assert(
      fc.property(shardCounts, taus, steps, (shards, tau, num) => {
        const clip = { num, den: BigInt(GRID) };
        const exact = (tokenRange(clip, shards, tau) ** 2 / 8) * 1e12;
        const cost = Number(tokenCostRhoPico({ clip, shards, tau }));
        expect(cost).toBeGreaterThanOrEqual(exact * (1 - 1e-12));
        expect(cost).toBeLessThanOrEqual(exact * (1 + 1e-12) + 1);
      }),
    );
  });

  it('falls with shards and temperature and rises with the clip', () => {
    const cost = (shards: number, tau: number, clip: Rational) => tokenCostRhoPico({ clip, shards, tau });
    expect(cost(65, 1, ONE)).toBeLessThan(cost(64, 1, ONE));
    expect(cost(64, 2, ONE)).toBeLessThan(cost(64, 1, ONE));
    expect(cost(64, 1, HALF)).toBeLessThan(cost(64, 1, ONE));
  });

  const settings = [
    { shards: 1, clip: HALF, tau: 1, candidates: 3 },
    { shards: 2, clip: ONE, tau: 1, candidates: 2 },
    { shards: 4, clip: ONE, tau: 1, candidates: 3 },
    { shards: 4, clip: ONE, tau: 2, candidates: 2 },
    { shards: 16, clip: ONE, tau: 1, candidates: 2 },
  ];
  it.each(settings)(
    'covers every corner of the clip box: $shards shards, tau $tau, $candidates candidates',
    ({ shards, clip, tau, candidates }) => {
      const rho = rhoPicoToNumber(tokenCostRhoPico({ clip, shards, tau }));
      const eta = tokenRange(clip, shards, tau);
      for (const alpha of ORDERS) {
        const worst = worstCornerDivergence({ shards, clip, tau, candidates, alpha });
        expect(worst).toBeLessThanOrEqual(alpha * rho * (1 + 1e-9));
        expect(worst).toBeLessThanOrEqual(rangeRenyi(eta, alpha) * (1 + 1e-9));
      }
    },
  );

  it('is four times the figure that brute force refutes', () => {
    const refuted = (1 ** 2 / (2 * 4 ** 2)) * 2;
    const worst = worstCornerDivergence({ shards: 4, clip: ONE, tau: 1, candidates: 2, alpha: 2 });
    expect(refuted).toBe(0.0625);
    expect(worst).toBeCloseTo(0.24, 3);
    expect(worst).toBeGreaterThan(refuted);
    expect(worst).toBeLessThan(2 * rhoPicoToNumber(tokenCostRhoPico({ clip: ONE, shards: 4 })));
  });

  it('refuses parameters that mean nothing', () => {
    expect(() => tokenCostRhoPico({ clip: { num: 0n, den: 1n }, shards: 4 })).toThrow(/^clip/);
    expect(() => tokenCostRhoPico({ clip: { num: 1n, den: 3n }, shards: 4 })).toThrow(/^clip/);
    expect(() => tokenCostRhoPico({ clip: { num: 1024n, den: 1n }, shards: 4 })).toThrow(/^clip/);
    expect(() => tokenCostRhoPico({ clip: ONE, shards: 0 })).toThrow(/^shards/);
    expect(() => tokenCostRhoPico({ clip: ONE, shards: 2.5 })).toThrow(/^shards/);
    expect(() => tokenCostRhoPico({ clip: ONE, shards: 4, tau: 0.7 })).toThrow(/^tau/);
    expect(() => affordableTokens(-1n, { clip: ONE, shards: 4 })).toThrow(/^rhoPico/);
  });
});

describe('rangeRenyi', () => {
  it('is attained by two outcomes and by none exceeded', () => {
    for (const eta of [0.01, 0.3, 1, 4]) {
      for (const alpha of [1.01, 2, 7, 64]) {
        let worst = 0;
        // Two outcomes whose log-ratios are t - eta and t, for every t that two distributions can have.
        for (let step = 1; step < 4000; step += 1) {
          const t = (eta * step) / 4000;
          const q = -Math.expm1(t - eta) / (Math.exp(t) - Math.exp(t - eta));
          const p = q * Math.exp(t);
          worst = Math.max(worst, renyiDivergence([p, 1 - p], [q, 1 - q], alpha));
        }
        const bound = rangeRenyi(eta, alpha);
        expect(worst).toBeLessThanOrEqual(bound * (1 + 1e-6) + 1e-12);
        expect(worst).toBeGreaterThan(bound * 0.999 - 1e-12);
        expect(bound).toBeLessThanOrEqual(((alpha * eta ** 2) / 8) * (1 + 1e-9));
      }
    }
  });

  it('joins its small-range form', () => {
    for (const alpha of [1.5, 2, 64]) {
      expect(rangeRenyi(1.0001e-3, alpha) / rangeRenyi(0.9999e-3, alpha)).toBeCloseTo(1, 2);
    }
  });

  it('refuses parameters that mean nothing', () => {
    for (const eta of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => rangeRenyi(eta, 2)).toThrow(/^eta/);
    for (const alpha of [1, 0, Number.NaN]) expect(() => rangeRenyi(1, alpha)).toThrow(/^alpha/);
  });
});

describe('what a shard sends', () => {
  it('is an integer within the clip, and nothing where there is no number', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), (phi, phiPub) => {
        const steps = quantiseClipped(phi, phiPub, GRID);
        expect(Number.isInteger(steps) && Math.abs(steps) <= clipSteps(ONE)).toBe(true);
        if (!Number.isFinite(phi - phiPub)) expect(steps).toBe(0);
      }),
    );
    expect(quantiseClipped(-2, -2.25, GRID)).toBe(GRID / 4);
    expect(quantiseClipped(-9, -2, GRID / 2)).toBe(-GRID / 2);
    expect(Object.is(quantiseClipped(-2, -2, GRID), 0)).toBe(true);
    expect(() => quantiseClipped(1, 1, 0)).toThrow(/^bound/);
    expect(() => quantiseClipped(1, 1, GRID / 3)).toThrow(/^bound/);
  });

  it('stays in the range that masked sums are mapped into', () => {
    expect(contributionRange({ clip: HALF, shards: 3 })).toEqual({ offset: 12_288, top: 24_576 });
  });

  it('is measured against public values on the same grid', () => {
    expect(quantisePublic(-0.5)).toBe(-GRID / 2);
    expect(quantisePublic(Number.NEGATIVE_INFINITY)).toBe(-1024 * GRID);
    expect(quantisePublic(Number.NaN)).toBe(-1024 * GRID);
    expect(Object.is(quantisePublic(0), 0)).toBe(true);
  });
});
