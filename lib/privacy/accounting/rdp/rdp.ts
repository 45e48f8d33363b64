import { type Adjacency, type PrivacyEvent, requireAdjacency } from '../events.ts';
import { requireDelta, requireNotNegative } from '../require.ts';
import { eventRdp } from './event-rdp.ts';
import { DEFAULT_ORDERS, MAX_ORDER } from './orders.ts';

/** Below this order the conversion's own terms lose precision; the same floor as in `epsilonFromRho`. */
const MIN_ALPHA = 1.01;

/** Renyi divergences (nats) at some orders, and the probability that they do not hold at all. */
export type RdpCurve = { orders: readonly number[]; values: readonly number[]; failure: number };

/**
 * The composition's Renyi divergence at each order: divergences add, adaptively too (Mironov, arXiv 1702.07476,
 * proposition 1; Feldman, Zrnic, arXiv 2008.11193). The deltas of (epsilon, delta) events compose apart, as 1 minus the
 * product of (1 - delta). Null where an event has no Renyi bound under this adjacency. For Gaussians alone the multiplier
 * is taken over the sensitivity in use, see `readsForItself`.
 * @throws RangeError when an order is not above 1 and at most 10,000, there is none, or an event is invalid under the
 * adjacency.
 */
export function composeRdp(
  events: readonly PrivacyEvent[],
  adjacency: Adjacency,
  orders: readonly number[] = DEFAULT_ORDERS,
): RdpCurve | null {
  if (orders.length === 0) throw new RangeError('orders must name at least one order');
  for (const order of orders) {
    if (!(order > 1 && order <= MAX_ORDER))
      throw new RangeError(`orders must be above 1 and at most ${MAX_ORDER}`);
  }
  requireAdjacency(events, adjacency);
  const read = readsForItself(events) ? 'add_or_remove_one' : adjacency;
  let logHolds = 0;
  const values = orders.map(() => 0);
  for (const event of events) {
    if (event.type === 'epsilon_delta') logHolds += event.count * Math.log1p(-event.delta);
    for (const [i, order] of orders.entries()) {
      const divergence = eventRdp(event, order, read);
      if (divergence === null) return null;
      values[i]! += event.count * divergence;
    }
  }
  return { orders, values, failure: -Math.expm1(logHolds) };
}

/**
 * Whether the RDP of these events is that of noise over the sensitivity in use, whatever the adjacency, as the reference
 * (dp_accounting's RdpAccountant) has it: so for Gaussians alone, where a caller gives the multiplier that is meant. Among
 * other events, or under add/remove, there is one reading only.
 */
export function readsForItself(events: readonly PrivacyEvent[]): boolean {
  return events.length > 0 && events.every((event) => event.type === 'gaussian');
}

/**
 * The smallest epsilon that any of the curve's orders proves at delta (Canonne, Kamath, Steinke, arXiv 2004.00010,
 * proposition 12), and that order. Where the divergence itself bounds the total variation by delta, epsilon is 0
 * (delta <= sqrt(1 - e^-KL), Bretagnolle and Huber). Infinity where the failures alone exceed delta.
 * @throws RangeError when delta is not inside (0, 1).
 */
export function epsilonFromRdp(curve: RdpCurve, delta: number): { epsilon: number; order: number } {
  requireDelta(delta);
  const left = -Math.expm1(Math.log1p(-delta) - Math.log1p(-curve.failure));
  let best = { epsilon: Number.POSITIVE_INFINITY, order: curve.orders[0]! };
  if (!(left > 0)) return best;
  for (const [i, order] of curve.orders.entries()) {
    const epsilon = epsilonAt(order, curve.values[i]!, left);
    if (epsilon < best.epsilon) best = { epsilon, order };
  }
  return best;
}

/**
 * The smallest delta that any order proves at epsilon; the inverse of `epsilonFromRdp`.
 * @throws RangeError when epsilon is negative or not finite.
 */
export function deltaFromRdp(curve: RdpCurve, epsilon: number): number {
  requireNotNegative('epsilon', epsilon);
  const logs = curve.orders.map((order, i) => {
    const value = curve.values[i]!;
    const variation = value === 0 ? Number.NEGATIVE_INFINITY : 0.5 * Math.log(-Math.expm1(-value));
    if (order <= MIN_ALPHA) return variation;
    return Math.min(variation, (order - 1) * (value - epsilon + Math.log1p(-1 / order)) - Math.log(order));
  });
  const delta = Math.min(1, Math.exp(Math.min(...logs)));
  return delta + curve.failure - delta * curve.failure;
}

function epsilonAt(order: number, value: number, delta: number): number {
  if (delta ** 2 + Math.expm1(-value) > 0) return 0;
  if (order <= MIN_ALPHA) return Number.POSITIVE_INFINITY;
  return Math.max(0, value + Math.log1p(-1 / order) - Math.log(delta * order) / (order - 1));
}
