import type { Adjacency, EventOf, PrivacyEvent } from '../events.ts';
import { gaussianMultiplier } from '../pld/event-pair.ts';
import { boundedRangeRdp, exponentialMechanismRdp } from './bounded-range.ts';
import { poissonGaussianRdp } from './poisson-gaussian.ts';

/**
 * The Renyi divergence of order alpha > 1 that one run of an event can have, in nats, or null where no bound is in use.
 * A noise multiplier is over one record's norm, which a replaced record may move twice.
 */
export function eventRdp(event: PrivacyEvent, alpha: number, adjacency: Adjacency): number | null {
  switch (event.type) {
    case 'gaussian':
      return alpha / (2 * gaussianMultiplier(event.noise_multiplier, adjacency) ** 2);
    case 'discrete_gaussian':
      // Canonne, Kamath, Steinke, arXiv 2004.00010, proposition 5: the same as the continuous one.
      return (alpha * event.sensitivity ** 2) / (2 * event.sigma ** 2);
    case 'laplace':
      return laplaceRdp(1 / event.noise_multiplier, alpha);
    case 'poisson_gaussian':
      return adjacency === 'replace_one' ? null : poissonGaussianRdp(event.q, event.noise_multiplier, alpha);
    case 'exponential_mechanism':
      return exponentialMechanismRdp(event.epsilon, alpha);
    case 'bounded_range':
      return boundedRangeRdp(event.eta, alpha);
    case 'randomized_response':
      return randomizedResponseRdp(event, alpha);
    case 'epsilon_delta':
      return pureRdp(event.epsilon, alpha);
    case 'zcdp':
      return event.xi + event.rho * alpha;
    case 'poisson_laplace':
    case 'discrete_laplace':
      return null;
  }
}

/** Mironov, arXiv 1702.07476, proposition 6, in a form that neither overflows nor cancels. */
function laplaceRdp(epsilon: number, alpha: number): number {
  const inner = ((alpha - 1) * Math.expm1(epsilon * (1 - 2 * alpha))) / (2 * alpha - 1);
  return epsilon + Math.log1p(inner) / (alpha - 1);
}

/** Of anything epsilon-DP: the divergence of a coin of bias e^epsilon/(1 + e^epsilon) from its mirror (there, prop. 5). */
function pureRdp(epsilon: number, alpha: number): number {
  const logAdd = (x: number) => Math.log1p(Math.exp(-Math.abs(x))) + Math.max(0, x);
  return Math.max(0, (epsilon * alpha + logAdd(epsilon * (1 - 2 * alpha)) - logAdd(epsilon)) / (alpha - 1));
}

/** Two records' answers: probabilities (keep, other, other, ...) against (other, keep, other, ...). */
function randomizedResponseRdp(event: EventOf<'randomized_response'>, alpha: number): number {
  const { noise_parameter: p, num_buckets: k } = event;
  const other = p / k;
  const keep = 1 - p + other;
  const epsilon = Math.log(keep / other);
  // keep^a other^(1-a) + other^a keep^(1-a) + (k-2) other, with the first's exponential taken out.
  const rest = keep * Math.exp(-2 * alpha * epsilon) + (k - 2) * other * Math.exp(-alpha * epsilon);
  return Math.max(0, alpha * epsilon + Math.log(other + rest)) / (alpha - 1);
}
