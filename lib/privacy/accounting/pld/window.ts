import type { LossMasses } from './loss-masses.ts';

/** One kind of event, discretised, and how often it ran. */
export type Repeated = { loss: LossMasses; count: number };

/** Multiples of the order that is best for a normal distribution. Any order is valid; the best of a few is near enough. */
const ORDERS = [0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 1, 1.2, 1.5];

/**
 * Grid indices between which the composed loss lies but for a mass of `tail` on either side, by Chernoff's bound on the
 * exact moment generating function of the discretised losses: P(L >= l) <= E e^(order L) e^(-order l).
 */
export function composedWindow(parts: readonly Repeated[], tail: number): { from: number; to: number } {
  const interval = parts[0]!.loss.interval;
  const logTail = -Math.log(tail);
  const { variance, from, to } = parts.reduce(
    (sum, { loss, count }) => ({
      variance: sum.variance + count * varianceOf(loss),
      from: sum.from + count * loss.lowest,
      to: sum.to + count * (loss.lowest + loss.masses.length - 1),
    }),
    { variance: 0, from: 0, to: 0 },
  );
  let [low, high] = [from, to];
  if (!(variance > 0)) return { from, to };
  const best = Math.sqrt((2 * logTail) / variance);
  for (const order of ORDERS.map((multiple) => multiple * best)) {
    high = Math.min(high, Math.ceil((logMoment(parts, order) + logTail) / order / interval));
    low = Math.max(low, Math.floor(-(logMoment(parts, -order) + logTail) / order / interval));
  }
  return { from: low, to: Math.max(low, high) };
}

/** ln E e^(order L) over the composition's finite losses; Infinity where a float cannot hold it. */
function logMoment(parts: readonly Repeated[], order: number): number {
  let sum = 0;
  for (const { loss, count } of parts) {
    const { masses, interval, lowest } = loss;
    const ratio = Math.exp(order * interval);
    // Horner's scheme from the end at which the weights are smallest in use, so that only true overflow overflows.
    let value = 0;
    for (let i = masses.length - 1; i >= 0; i -= 1) value = value * ratio + masses[i]!;
    sum += count * (Math.log(value) + order * interval * lowest);
  }
  return Number.isNaN(sum) ? Number.POSITIVE_INFINITY : sum;
}

function varianceOf({ masses, interval }: LossMasses): number {
  let total = 0;
  let first = 0;
  let second = 0;
  for (let i = 0; i < masses.length; i += 1) {
    const mass = masses[i]!;
    total += mass;
    first += mass * i;
    second += mass * i * i;
  }
  const mean = first / total;
  return Math.max(0, second / total - mean * mean) * interval * interval;
}
