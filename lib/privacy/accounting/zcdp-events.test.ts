import { describe, expect, it } from 'vitest';
import type { PrivacyEvent } from './events.ts';
import { gaussianEpsilon } from './gaussian.ts';
import { pldEpsilon } from './pld/pld.ts';
import { composeRdp } from './rdp/rdp.ts';
import { epsilonFromRho } from './zcdp.ts';
import { zcdpEpsilon } from './zcdp-events.ts';

const at = (events: PrivacyEvent[], adjacency: 'add_or_remove_one' | 'replace_one' = 'replace_one') =>
  zcdpEpsilon(events, 1e-5, adjacency);

describe('zcdpEpsilon', () => {
  it('adds rho up, each mechanism by its own form', () => {
    const events: PrivacyEvent[] = [
      { type: 'bounded_range', eta: 0.2, count: 10 },
      { type: 'discrete_gaussian', sigma: 10, sensitivity: 2, count: 3 },
      { type: 'zcdp', rho: 0.01, xi: 0, count: 1 },
    ];
    expect(at(events)).toBeCloseTo(epsilonFromRho(120_000_000_000n, 1e-5), 9);
  });

  it('adds xi to epsilon', () => {
    const without = at([{ type: 'zcdp', rho: 0.1, xi: 0, count: 2 }])!;
    expect(at([{ type: 'zcdp', rho: 0.1, xi: 0.05, count: 2 }])).toBeCloseTo(without + 0.1, 12);
  });

  it('doubles the sensitivity of a Gaussian whose record is replaced', () => {
    const event: PrivacyEvent = { type: 'gaussian', noise_multiplier: 4, count: 1 };
    expect(at([event])).toBeGreaterThan(gaussianEpsilon(1 / 2, 1e-5));
    expect(at([event], 'add_or_remove_one')).toBeGreaterThan(gaussianEpsilon(1 / 4, 1e-5));
    expect(at([event], 'add_or_remove_one')).toBeLessThan(at([event])!);
  });

  it('has no value for a delta of its own or for sampling', () => {
    expect(at([{ type: 'epsilon_delta', epsilon: 1, delta: 1e-9, count: 1 }])).toBeNull();
    expect(at([{ type: 'poisson_gaussian', q: 0.1, noise_multiplier: 1, count: 1 }])).toBeNull();
  });

  it('refuses what is invalid under the adjacency, as the other accountants do', () => {
    const laplace: PrivacyEvent = { type: 'laplace', noise_multiplier: 1, count: 1 };
    const answer: PrivacyEvent = {
      type: 'randomized_response',
      noise_parameter: 0.5,
      num_buckets: 2,
      count: 1,
    };
    const message = /^events\[0\] of type/;
    for (const [event, adjacency] of [
      [laplace, 'replace_one'],
      [answer, 'add_or_remove_one'],
    ] as const) {
      expect(() => zcdpEpsilon([event], 1e-5, adjacency)).toThrow(message);
      expect(() => composeRdp([event], adjacency)).toThrow(message);
      expect(() => pldEpsilon([event], 1e-5, adjacency)).toThrow(message);
    }
  });

  it('refuses delta by name', () => {
    expect(() => zcdpEpsilon([], 0, 'replace_one')).toThrow(/^delta/);
  });
});
