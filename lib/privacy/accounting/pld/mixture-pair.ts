import type { LossPair } from './loss-pair.ts';

/** Which of the two neighbours P is: the one with the record, or the one without. */
export type Direction = 'remove' | 'add';

/** Outputs without the record (density A), and how much likelier each is with it: ln B/A = `logRatio`, rising in x. */
export type BasePair = {
  logDensity(x: number): number;
  logRatio(x: number): number;
  outcome(logRatio: number): number;
  from: number;
  to: number;
  step: number;
  /** The same where the ratio enters a mixture, which bends within a unit of it. */
  mixedStep: number;
  /** Log-ratios that many outcomes share, with their mass under A. */
  atoms: readonly { logRatio: number; mass: number }[];
  /** A bound on the mass beyond [from, to] under A and under B. */
  leftOut: number;
};

/**
 * A base pair whose record is in with probability q: (1-q) A + q B against A. It dominates the Poisson-subsampled
 * mechanism under add/remove adjacency in either direction (Zhu, Dong, Wang, arXiv 2106.08567, theorem 11); q = 1 is the
 * mechanism itself. The directions differ, and composing each with itself bounds each.
 */
export function mixturePair(base: BasePair, q: number, direction: Direction): LossPair {
  const sign = direction === 'remove' ? 1 : -1;
  // In logarithms, for where one side is far out the other is not.
  const massOf = (logMass: number, logMixture: number) =>
    Math.exp(direction === 'remove' ? logMass + logMixture : logMass);
  return {
    atoms: base.atoms.map(({ logRatio, mass }) => {
      const logMixture = logMixed(q, logRatio);
      return { loss: sign * logMixture, mass: massOf(Math.log(mass), logMixture) };
    }),
    // Mirrored for `add`, so that the loss rises in x there too.
    smooth: {
      from: sign === 1 ? base.from : -base.to,
      to: sign === 1 ? base.to : -base.from,
      step: q === 1 ? base.step : base.mixedStep,
      density: (x) => massOf(base.logDensity(sign * x), logMixed(q, base.logRatio(sign * x))),
      loss: (x) => sign * logMixed(q, base.logRatio(sign * x)),
      outcome: (loss) => sign * base.outcome(logUnmixed(q, sign * loss)),
    },
    infinite: base.leftOut,
  };
}

/** ln(1 - q + q e^t), from the side where e^t neither overflows nor cancels. */
export function logMixed(q: number, t: number): number {
  if (q === 1) return t;
  return t > 0 ? t + Math.log(q + (1 - q) * Math.exp(-t)) : Math.log1p(q * Math.expm1(t));
}

/** The t with ln(1 - q + q e^t) = value; minus infinity where even e^t = 0 is more. */
function logUnmixed(q: number, value: number): number {
  if (q === 1) return value;
  if (value > 1) return value - Math.log(q) + Math.log1p((q - 1) * Math.exp(-value));
  const excess = Math.expm1(value) / q;
  return excess <= -1 ? Number.NEGATIVE_INFINITY : Math.log1p(excess);
}
