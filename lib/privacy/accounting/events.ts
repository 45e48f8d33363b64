import { z } from 'zod';

/**
 * What ran, in the form that files and reports name it. Every parameter is relative to the adjacency of its case, but
 * for `noise_multiplier`: that is the noise over the norm of one record, see `needsAdjacency` and `accountCase`.
 */

/** Who differs between neighbouring data sets: one record is there or not, or one record is another. */
export const ADJACENCIES = ['add_or_remove_one', 'replace_one'] as const;
export type Adjacency = (typeof ADJACENCIES)[number];

/**
 * Below this noise (over sensitivity) an output gives its input away: at 0.1 a single Gaussian answer costs epsilon 90,
 * and a discrete Gaussian of 0.25 is not 0 in one draw of a thousand.
 */
export const MIN_NOISE = 0.1;
export const MIN_DISCRETE_NOISE = 0.25;
/** The lattice is summed point by point. */
export const MAX_DISCRETE_SIGMA = 1e5;
/** One event may cost at most this: e^epsilon of more has no meaning left, and its square leaves the range of floats. */
export const MAX_EVENT_EPSILON = 100;
/** Repetitions of one event. Beyond it, float error in the composition is no longer small against any delta. */
export const MAX_COUNT = 1e9;

const count = z.int().min(1).max(MAX_COUNT).default(1);
const noise = (floor: number) => z.number().min(floor).max(1e9);
const epsilon = z.number().positive().max(MAX_EVENT_EPSILON);
const probability = z.number().gt(0).max(1);
const sensitivity = z.int().min(1).max(1000);

/** sigma over the L2 norm of one record. */
const gaussian = z.strictObject({ type: z.literal('gaussian'), noise_multiplier: noise(MIN_NOISE), count });
/** Scale b over the L1 norm of one record: epsilon is 1/b. */
const laplace = z.strictObject({
  type: z.literal('laplace'),
  noise_multiplier: noise(1 / MAX_EVENT_EPSILON),
  count,
});
/** One record is in the batch with probability q, independently (Poisson), then Gaussian noise. */
const poissonGaussian = z.strictObject({
  type: z.literal('poisson_gaussian'),
  q: probability,
  noise_multiplier: noise(MIN_NOISE),
  count,
});
const poissonLaplace = z.strictObject({
  type: z.literal('poisson_laplace'),
  q: probability,
  noise_multiplier: noise(1 / MAX_EVENT_EPSILON),
  count,
});
/** Noise on the integers with P(x) proportional to exp(-x^2 / (2 sigma^2)), one coordinate. */
const discreteGaussian = z
  .strictObject({
    type: z.literal('discrete_gaussian'),
    sigma: z.number().min(MIN_DISCRETE_NOISE).max(MAX_DISCRETE_SIGMA),
    sensitivity,
    count,
  })
  .refine(({ sigma, sensitivity }) => sigma >= MIN_NOISE * sensitivity, {
    path: ['sigma'],
    error: `must be at least ${MIN_NOISE} times the sensitivity`,
  });
/** Noise on the integers with P(x) proportional to exp(-a |x|), a = noise_parameter. */
const discreteLaplace = z
  .strictObject({ type: z.literal('discrete_laplace'), noise_parameter: epsilon, sensitivity, count })
  .refine((event) => event.noise_parameter * event.sensitivity <= MAX_EVENT_EPSILON, {
    path: ['noise_parameter'],
    error: `times the sensitivity must be at most ${MAX_EVENT_EPSILON}`,
  });
/** An exponential mechanism whose log-probabilities move within a range of `epsilon` (eta). */
const exponentialMechanism = z.strictObject({ type: z.literal('exponential_mechanism'), epsilon, count });
/** Any mechanism of bounded range eta, accounted tightly: an exponential vote is one with eta = 2 beta. */
const boundedRange = z.strictObject({ type: z.literal('bounded_range'), eta: epsilon, count });
/** With probability `noise_parameter` a uniform one of `num_buckets` values, else the true one. */
const randomizedResponse = z.strictObject({
  type: z.literal('randomized_response'),
  noise_parameter: z.number().min(1e-12).max(1),
  num_buckets: z.int().min(2).max(1e9),
  count,
});
/** Anything that is (epsilon, delta)-DP and of which nothing else is known. */
const epsilonDelta = z.strictObject({
  type: z.literal('epsilon_delta'),
  epsilon: z.number().min(0).max(MAX_EVENT_EPSILON),
  delta: z.number().min(0).lt(1),
  count,
});
/** Anything that is (xi, rho)-zCDP (Bun, Steinke, arXiv 1605.02065). */
const zcdp = z.strictObject({
  type: z.literal('zcdp'),
  rho: z.number().min(0).max(1e6),
  xi: z.number().min(0).max(1e6).default(0),
  count,
});

export const privacyEventSchema = z.discriminatedUnion('type', [
  gaussian,
  laplace,
  poissonGaussian,
  poissonLaplace,
  discreteGaussian,
  discreteLaplace,
  exponentialMechanism,
  boundedRange,
  randomizedResponse,
  epsilonDelta,
  zcdp,
]);

export type PrivacyEvent = z.output<typeof privacyEventSchema>;
export type EventOf<T extends PrivacyEvent['type']> = Extract<PrivacyEvent, { type: T }>;

/**
 * The only adjacency under which an event means something, or null where both do. Laplace scales are stated for a
 * record's own norm, and replacing one may move twice that; a randomised response is a record's answer, so a record that
 * is not there has none.
 */
export function needsAdjacency(event: PrivacyEvent): Adjacency | null {
  switch (event.type) {
    case 'laplace':
    case 'poisson_laplace':
    case 'discrete_laplace':
      return 'add_or_remove_one';
    case 'randomized_response':
      return 'replace_one';
    default:
      return null;
  }
}

/** @throws RangeError naming the first event that means nothing under the adjacency: its figure would be too small. */
export function requireAdjacency(events: readonly PrivacyEvent[], adjacency: Adjacency): void {
  for (const [i, event] of events.entries()) {
    const needed = needsAdjacency(event);
    if (needed !== null && needed !== adjacency)
      throw new RangeError(
        `events[${i}] of type ${event.type} is valid under adjacency ${needed} only, not ${adjacency}`,
      );
  }
}

/** Equal events become one with their counts added, in order of first appearance: a million equal events are one. */
export function groupEvents(events: readonly PrivacyEvent[]): PrivacyEvent[] {
  const groups = new Map<string, PrivacyEvent>();
  for (const event of events) {
    const key = Object.entries(event)
      .filter(([name]) => name !== 'count')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .join();
    const group = groups.get(key);
    if (group) group.count += event.count;
    else groups.set(key, { ...event });
  }
  return [...groups.values()];
}
