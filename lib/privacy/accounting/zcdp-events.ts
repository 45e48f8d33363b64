import { RHO_PICO_PER_UNIT } from '../pico-rho.ts';
import { type Adjacency, type PrivacyEvent, requireAdjacency } from './events.ts';
import { gaussianMultiplier } from './pld/event-pair.ts';
import { epsilonFromRho } from './zcdp.ts';

/** (xi, rho)-zCDP: the Renyi divergence of order alpha is at most xi + rho alpha (Bun, Steinke, arXiv 1605.02065). */
type Concentrated = { xi: number; rho: number };

/**
 * The smallest epsilon that zCDP proves for the composition at delta; xi and rho add up, under adaptive composition too.
 * Null where an event is not zCDP (a delta of its own) or would only be so without its sampling.
 * @throws RangeError when delta is not inside (0, 1), or an event is invalid under the adjacency.
 */
export function zcdpEpsilon(
  events: readonly PrivacyEvent[],
  delta: number,
  adjacency: Adjacency,
): number | null {
  requireAdjacency(events, adjacency);
  let xi = 0;
  let rho = 0;
  for (const event of events) {
    const cost = concentrated(event, adjacency);
    if (cost === null) return null;
    xi += event.count * cost.xi;
    rho += event.count * cost.rho;
  }
  return xi + epsilonFromRho(rhoToPico(rho), delta);
}

/** What one run costs, or null. Anything epsilon-DP is epsilon^2/2 (proposition 1.4 there). */
function concentrated(event: PrivacyEvent, adjacency: Adjacency): Concentrated | null {
  switch (event.type) {
    case 'gaussian':
      return { xi: 0, rho: 1 / (2 * gaussianMultiplier(event.noise_multiplier, adjacency) ** 2) };
    case 'discrete_gaussian':
      return { xi: 0, rho: event.sensitivity ** 2 / (2 * event.sigma ** 2) };
    case 'laplace':
      return pure(1 / event.noise_multiplier);
    case 'discrete_laplace':
      return pure(event.noise_parameter * event.sensitivity);
    case 'exponential_mechanism':
      return { xi: 0, rho: event.epsilon ** 2 / 8 };
    case 'bounded_range':
      return { xi: 0, rho: event.eta ** 2 / 8 };
    case 'randomized_response':
      return pure(Math.log(1 + (event.num_buckets * (1 - event.noise_parameter)) / event.noise_parameter));
    case 'epsilon_delta':
      return event.delta === 0 ? pure(event.epsilon) : null;
    case 'zcdp':
      return { xi: event.xi, rho: event.rho };
    case 'poisson_gaussian':
    case 'poisson_laplace':
      return null;
  }
}

function pure(epsilon: number): Concentrated {
  return { xi: 0, rho: epsilon ** 2 / 2 };
}

/** Rounded up, sums of floats included. */
function rhoToPico(rho: number): bigint {
  return BigInt(Math.ceil(rho * Number(RHO_PICO_PER_UNIT) * (1 + 1e-12)));
}
