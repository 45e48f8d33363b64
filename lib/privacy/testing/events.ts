import fc from 'fast-check';
import type { Adjacency, PrivacyEvent } from '../accounting/events.ts';

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const count = fc.integer({ min: 1, max: 40 });

/** Each kind of event that has a dominating pair, with the adjacency it needs. */
const KINDS: Record<string, { adjacency: Adjacency; events: fc.Arbitrary<PrivacyEvent> }> = {
  gaussian: {
    adjacency: 'add_or_remove_one',
    events: fc.record({ type: fc.constant('gaussian' as const), noise_multiplier: between(0.5, 50), count }),
  },
  laplace: {
    adjacency: 'add_or_remove_one',
    events: fc.record({ type: fc.constant('laplace' as const), noise_multiplier: between(0.5, 50), count }),
  },
  poisson_gaussian: {
    adjacency: 'add_or_remove_one',
    events: fc.record({
      type: fc.constant('poisson_gaussian' as const),
      q: between(0.01, 1),
      noise_multiplier: between(0.7, 20),
      count,
    }),
  },
  poisson_laplace: {
    adjacency: 'add_or_remove_one',
    events: fc.record({
      type: fc.constant('poisson_laplace' as const),
      q: between(0.01, 1),
      noise_multiplier: between(0.5, 20),
      count,
    }),
  },
  discrete_gaussian: {
    adjacency: 'replace_one',
    events: fc.record({
      type: fc.constant('discrete_gaussian' as const),
      sigma: between(1, 60),
      sensitivity: fc.integer({ min: 1, max: 3 }),
      count,
    }),
  },
  discrete_laplace: {
    adjacency: 'add_or_remove_one',
    events: fc.record({
      type: fc.constant('discrete_laplace' as const),
      noise_parameter: between(0.01, 1),
      sensitivity: fc.integer({ min: 1, max: 3 }),
      count,
    }),
  },
  bounded_range: {
    adjacency: 'replace_one',
    events: fc.record({ type: fc.constant('bounded_range' as const), eta: between(1e-3, 2), count }),
  },
  randomized_response: {
    adjacency: 'replace_one',
    events: fc.record({
      type: fc.constant('randomized_response' as const),
      noise_parameter: between(0.1, 0.99),
      num_buckets: fc.integer({ min: 2, max: 9 }),
      count,
    }),
  },
  epsilon_delta: {
    adjacency: 'replace_one',
    events: fc.record({
      type: fc.constant('epsilon_delta' as const),
      epsilon: between(1e-3, 1),
      delta: fc.constantFrom(0, 1e-9),
      count,
    }),
  },
};

export const PAIRED_KINDS = Object.entries(KINDS).map(([name, kind]) => ({ name, ...kind }));

/** What makes an event reveal more: a parameter moved by a factor above 1 in the direction that costs. */
export function moreRevealing(event: PrivacyEvent, factor: number): PrivacyEvent[] {
  switch (event.type) {
    case 'gaussian':
    case 'laplace':
      return [{ ...event, noise_multiplier: event.noise_multiplier / factor }, more(event)];
    case 'poisson_gaussian':
    case 'poisson_laplace':
      return [
        { ...event, noise_multiplier: event.noise_multiplier / factor },
        { ...event, q: Math.min(1, event.q * factor) },
        more(event),
      ];
    case 'discrete_gaussian':
      return [
        { ...event, sigma: event.sigma / factor },
        { ...event, sensitivity: event.sensitivity + 1 },
        more(event),
      ];
    case 'discrete_laplace':
      return [
        { ...event, noise_parameter: event.noise_parameter * factor },
        { ...event, sensitivity: event.sensitivity + 1 },
        more(event),
      ];
    case 'bounded_range':
      return [{ ...event, eta: event.eta * factor }, more(event)];
    case 'randomized_response':
      return [{ ...event, noise_parameter: event.noise_parameter / factor }, more(event)];
    case 'exponential_mechanism':
      return [{ ...event, epsilon: event.epsilon * factor }, more(event)];
    case 'epsilon_delta':
      return [
        { ...event, epsilon: event.epsilon * factor },
        { ...event, delta: event.delta + 1e-9 },
        more(event),
      ];
    case 'zcdp':
      return [{ ...event, rho: event.rho * factor }, { ...event, xi: event.xi + 0.1 }, more(event)];
  }
}

function more<E extends PrivacyEvent>(event: E): E {
  return { ...event, count: event.count + 1 };
}
