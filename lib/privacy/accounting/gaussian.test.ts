import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaussianDelta, gaussianEpsilon, gaussianMu } from './gaussian.ts';
import { normalCdf } from './normal.ts';

const mus = fc.double({ min: 1e-3, max: 200, noNaN: true });
const deltas = fc.double({ min: 1e-14, max: 0.5, noNaN: true });

describe('normalCdf', () => {
  // mpmath at 40 digits, rounded to floats.
  it.each([
    [-38, 2.88542835e-316],
    [-10, 7.619853024160525e-24],
    [-5, 2.866515718791939e-7],
    [-2, 0.02275013194817921],
    [-1, 0.15865525393145705],
    [0, 0.5],
    [1.5, 0.9331927987311419],
    [6, 0.9999999990134123],
  ])('at %d', (x, value) => {
    expect(Math.abs(normalCdf(x) / value - 1)).toBeLessThan(x < -30 ? 1e-7 : 1e-13);
  });
});

describe('gaussianEpsilon', () => {
  it('is the published value', () => {
    expect(gaussianEpsilon(1, 1e-5)).toBeCloseTo(4.377178095681225, 12);
    expect(gaussianEpsilon(10, 1e-5)).toBeGreaterThan(gaussianEpsilon(9, 1e-5));
  });

  it('is the least epsilon that delta allows, and falls back to mu', () => {
    fc.assert(
      fc.property(mus, deltas, (mu, delta) => {
        const epsilon = gaussianEpsilon(mu, delta);
        expect(gaussianDelta(mu, epsilon)).toBeLessThanOrEqual(delta);
        if (epsilon > 0) {
          expect(gaussianDelta(mu, epsilon * (1 - 1e-9))).toBeGreaterThan(delta * (1 - 1e-6));
          expect(gaussianMu(epsilon, delta) / mu).toBeCloseTo(1, 6);
        }
      }),
    );
  });

  it('grows with mu and falls with delta', () => {
    fc.assert(
      fc.property(mus, deltas, fc.double({ min: 1, max: 2, noNaN: true }), (mu, delta, factor) => {
        expect(gaussianEpsilon(mu * factor, delta)).toBeGreaterThanOrEqual(
          gaussianEpsilon(mu, delta) * (1 - 1e-9),
        );
        expect(gaussianEpsilon(mu, delta / factor)).toBeGreaterThanOrEqual(
          gaussianEpsilon(mu, delta) * (1 - 1e-9),
        );
      }),
    );
  });

  it.each([Number.NaN, 0, -1, Number.POSITIVE_INFINITY])('refuses mu %d by name', (mu) => {
    expect(() => gaussianEpsilon(mu, 1e-5)).toThrow(/^mu/);
    expect(() => gaussianDelta(mu, 1)).toThrow(/^mu/);
  });

  it.each([Number.NaN, 0, 1, -1])('refuses delta %d by name', (delta) => {
    expect(() => gaussianEpsilon(1, delta)).toThrow(/^delta/);
    expect(() => gaussianMu(1, delta)).toThrow(/^delta/);
  });

  it('refuses a negative epsilon by name', () => {
    expect(() => gaussianDelta(1, -1)).toThrow(/^epsilon/);
    expect(() => gaussianMu(Number.NaN, 0.1)).toThrow(/^epsilon/);
  });
});
