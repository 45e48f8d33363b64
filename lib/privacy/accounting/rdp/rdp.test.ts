import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moreRevealing, PAIRED_KINDS } from '../../testing/events.ts';
import { renyiDivergence } from '../../testing/renyi.ts';
import type { PrivacyEvent } from '../events.ts';
import { gaussianEpsilon } from '../gaussian.ts';
import { boundedRangeRdp } from './bounded-range.ts';
import { eventRdp } from './event-rdp.ts';
import { poissonGaussianRdp } from './poisson-gaussian.ts';
import { composeRdp, deltaFromRdp, epsilonFromRdp } from './rdp.ts';

const deltas = fc.double({ min: 1e-12, max: 0.1, noNaN: true });
const KINDS = PAIRED_KINDS.filter(({ name }) => name !== 'poisson_laplace' && name !== 'discrete_laplace');

const epsilonOf = (events: PrivacyEvent[], delta: number, adjacency: 'add_or_remove_one' | 'replace_one') =>
  epsilonFromRdp(composeRdp(events, adjacency)!, delta).epsilon;

describe.each(KINDS)('$name', ({ events, adjacency }) => {
  it('reveals more with every parameter that costs, and less at a larger delta', () => {
    fc.assert(
      fc.property(events, fc.double({ min: 1, max: 2, noNaN: true }), deltas, (event, factor, delta) => {
        const before = epsilonOf([event], delta, adjacency);
        expect(epsilonOf([event], delta / factor, adjacency)).toBeGreaterThanOrEqual(before);
        for (const worse of moreRevealing(event, factor))
          expect(epsilonOf([worse], delta, adjacency)).toBeGreaterThanOrEqual(before * (1 - 1e-9));
      }),
      { numRuns: 10 },
    );
  });

  it('composes in any order, at once or in parts', () => {
    fc.assert(
      fc.property(events, deltas, (event, delta) => {
        const other: PrivacyEvent = { type: 'zcdp', rho: 0.01, xi: 0, count: 2 };
        const twice = { ...event, count: 2 * event.count };
        const together = epsilonOf([twice, other], delta, adjacency);
        const apart = epsilonOf([event, other, event], delta, adjacency);
        // Both are infinite where the event's own delta is all of delta.
        if (together === Number.POSITIVE_INFINITY) expect(apart).toBe(together);
        else expect(apart / together).toBeCloseTo(1, 9);
      }),
      { numRuns: 10 },
    );
  });

  it('returns from epsilon to no more than delta', () => {
    fc.assert(
      fc.property(events, deltas, (event, delta) => {
        const curve = composeRdp([event], adjacency)!;
        const { epsilon } = epsilonFromRdp(curve, delta);
        if (Number.isFinite(epsilon))
          expect(deltaFromRdp(curve, epsilon)).toBeLessThanOrEqual(delta * (1 + 1e-6));
      }),
      { numRuns: 10 },
    );
  });
});

describe('epsilonFromRdp', () => {
  it('is never below the exact Gaussian', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 100, noNaN: true }), deltas, (sigma, delta) => {
        const event: PrivacyEvent = { type: 'gaussian', noise_multiplier: sigma, count: 1 };
        expect(epsilonOf([event], delta, 'add_or_remove_one')).toBeGreaterThanOrEqual(
          gaussianEpsilon(1 / sigma, delta),
        );
      }),
    );
  });

  it('is infinite where failures alone exceed delta', () => {
    const events: PrivacyEvent[] = [{ type: 'epsilon_delta', epsilon: 0.1, delta: 1e-4, count: 1 }];
    expect(epsilonOf(events, 1e-5, 'replace_one')).toBe(Number.POSITIVE_INFINITY);
    expect(deltaFromRdp(composeRdp(events, 'replace_one')!, 5)).toBeGreaterThanOrEqual(1e-4);
  });

  it('refuses delta and orders by name', () => {
    const curve = composeRdp([], 'replace_one')!;
    expect(() => epsilonFromRdp(curve, 0)).toThrow(/^delta/);
    expect(() => deltaFromRdp(curve, -1)).toThrow(/^epsilon/);
    expect(() => composeRdp([], 'replace_one', [])).toThrow(/^orders/);
    expect(() => composeRdp([], 'replace_one', [2, 1])).toThrow(/^orders/);
    expect(() => composeRdp([], 'replace_one', [Number.NaN])).toThrow(/^orders/);
    expect(() => composeRdp([], 'replace_one', [10_001])).toThrow(/^orders/);
  });
});

describe('Gaussians when a record is replaced', () => {
  const gaussian: PrivacyEvent = { type: 'gaussian', noise_multiplier: 2, count: 5 };

  it('are counted twice as far among other events', () => {
    const mixed: PrivacyEvent[] = [gaussian, { type: 'bounded_range', eta: 0.1, count: 1 }];
    const exact = gaussianEpsilon(Math.sqrt(5), 1e-5);
    expect(epsilonOf(mixed, 1e-5, 'replace_one')).toBeGreaterThan(exact);
    expect(epsilonOf(mixed, 1e-5, 'add_or_remove_one')).toBeLessThan(exact);
  });

  it('alone are read as the reference reads them, whatever the adjacency', () => {
    const alone: PrivacyEvent[] = [gaussian, { ...gaussian, noise_multiplier: 3 }];
    expect(epsilonOf(alone, 1e-5, 'replace_one')).toBe(epsilonOf(alone, 1e-5, 'add_or_remove_one'));
  });
});

describe('closed forms', () => {
  it.each([1.5, 2, 8, 64])('randomised response is the divergence of its answers at order %d', (alpha) => {
    const event: PrivacyEvent = {
      type: 'randomized_response',
      noise_parameter: 0.8,
      num_buckets: 4,
      count: 1,
    };
    const divergence = renyiDivergence([0.4, 0.2, 0.2, 0.2], [0.2, 0.4, 0.2, 0.2], alpha);
    expect(eventRdp(event, alpha, 'replace_one')).toBeCloseTo(divergence, 12);
  });

  it('no two-point pair of a range has a larger divergence than the tight bound, and one has it', () => {
    for (const eta of [0.01, 0.3, 2]) {
      for (const alpha of [1.3, 2, 7, 100]) {
        let worst = 0;
        for (let i = 1; i < 2000; i += 1) {
          const t = (i / 2000) * eta;
          const mass = (Math.exp(eta) - Math.exp(t)) / Math.expm1(eta);
          const q = [mass * Math.exp(-t), (1 - mass) * Math.exp(eta - t)];
          worst = Math.max(worst, renyiDivergence([mass, 1 - mass], q, alpha));
        }
        expect(worst).toBeLessThanOrEqual(boundedRangeRdp(eta, alpha) * (1 + 1e-9));
        expect(worst).toBeGreaterThanOrEqual(boundedRangeRdp(eta, alpha) * (1 - 1e-3));
      }
    }
  });

  it.each([
    [0.01, 1],
    [0.5, 3],
    [0.9, 0.7],
  ])('the subsampled Gaussian at q %d, sigma %d is continuous in the order', (q, sigma) => {
    // Two independent forms: the sum at whole orders, the integral between them.
    for (const alpha of [2, 5, 10])
      expect(poissonGaussianRdp(q, sigma, alpha + 1e-7) / poissonGaussianRdp(q, sigma, alpha)).toBeCloseTo(
        1,
        5,
      );
  });

  it.each([
    [0.01, 0.1],
    [0.02, 20],
    [0.5, 3],
  ])(
    'the subsampled Gaussian at q %d, sigma %d never falls with the order, up to the largest',
    (q, sigma) => {
      const orders = [63.5, 63.999, 64, 64.5, 65, 999.5, 1000, 9999.5, 10_000];
      const values = orders.map((alpha) => poissonGaussianRdp(q, sigma, alpha));
      for (const [i, value] of values.entries()) {
        expect(Number.isFinite(value)).toBe(true);
        if (i > 0) expect(value).toBeGreaterThanOrEqual(values[i - 1]! * (1 - 1e-12));
      }
    },
  );

  it('has none for subsampling when a record is replaced', () => {
    const event: PrivacyEvent = { type: 'poisson_gaussian', q: 0.1, noise_multiplier: 4, count: 1 };
    expect(composeRdp([event], 'replace_one')).toBeNull();
  });
});
