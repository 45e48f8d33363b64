import { describe, expect, it } from 'vitest';
import { clopperPearson } from '../audit/clopper-pearson.ts';
import { lnGamma, regularisedBeta, regularisedGammaQ } from '../audit/special-functions.ts';
import { chiSquarePValue } from './chi-square.ts';
import { renyiDivergence } from './renyi.ts';

/** P(X >= k) of a binomial, summed term by term. */
function binomialTail(k: number, n: number, p: number): number {
  let tail = 0;
  for (let i = k; i <= n; i += 1) {
    const choose = Math.exp(lnGamma(n + 1) - lnGamma(i + 1) - lnGamma(n - i + 1));
    tail += choose * p ** i * (1 - p) ** (n - i);
  }
  return tail;
}

describe('the statistics behind the audits', () => {
  it('knows factorials and Gamma(1/2)', () => {
    expect(lnGamma(11)).toBeCloseTo(Math.log(3_628_800), 12);
    expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
  });

  it('knows the 5 % points of chi-square', () => {
    expect(regularisedGammaQ(0.5, 3.841458820694124 / 2)).toBeCloseTo(0.05, 10);
    expect(regularisedGammaQ(5, 18.307038053275146 / 2)).toBeCloseTo(0.05, 10);
    expect(regularisedGammaQ(5, 1)).toBeCloseTo(0.9963401531726563, 12);
  });

  it('has binomial tails as incomplete beta functions', () => {
    for (const [k, n, p] of [
      [3, 5, 0.4],
      [40, 60, 0.5],
      [1, 30, 0.01],
    ] as const) {
      expect(regularisedBeta(p, k, n - k + 1)).toBeCloseTo(binomialTail(k, n, p), 12);
    }
  });

  it('bounds a binomial probability exactly', () => {
    const { lower, upper } = clopperPearson(8, 10, 0.025);
    expect(binomialTail(8, 10, lower)).toBeCloseTo(0.025, 10);
    expect(1 - binomialTail(9, 10, upper)).toBeCloseTo(0.025, 10);
    expect(clopperPearson(0, 10, 0.025).lower).toBe(0);
    expect(clopperPearson(10, 10, 0.025).upper).toBe(1);
  });

  it('scores a fit, pools rare outcomes and rejects impossible ones', () => {
    expect(chiSquarePValue([50, 50], [0.5, 0.5])).toBe(1);
    expect(chiSquarePValue([60, 40], [0.5, 0.5])).toBeCloseTo(0.0455, 4);
    expect(chiSquarePValue([50, 48, 1, 1], [0.5, 0.48, 0.01, 0.01])).toBeCloseTo(1, 12);
    expect(chiSquarePValue([40, 48, 6, 6], [0.5, 0.48, 0.01, 0.01])).toBeCloseTo(0.0455, 4);
    expect(chiSquarePValue([99, 1], [1, 0])).toBe(0);
    expect(() => chiSquarePValue([1], [0.5, 0.5])).toThrow(RangeError);
    expect(() => chiSquarePValue([10], [1])).toThrow(RangeError);
  });

  it('computes Renyi divergences, with their limits', () => {
    const p = [0.75, 0.25];
    const q = [0.25, 0.75];
    expect(renyiDivergence(p, q, 2)).toBeCloseTo(Math.log(0.75 ** 2 / 0.25 + 0.25 ** 2 / 0.75), 12);
    expect(renyiDivergence(p, q, 1)).toBeCloseTo(0.5 * Math.log(3), 12);
    expect(renyiDivergence(p, q, 1 + 1e-6)).toBeCloseTo(0.5 * Math.log(3), 5);
    expect(renyiDivergence(p, q, Number.POSITIVE_INFINITY)).toBeCloseTo(Math.log(3), 12);
    expect(renyiDivergence([0.5, 0.5], [1, 0], 2)).toBe(Number.POSITIVE_INFINITY);
  });
});
