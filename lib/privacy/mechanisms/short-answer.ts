import { RHO_PICO_PER_UNIT } from '../pico-rho.ts';
import { type Rational, rationalToNumber, requireRational } from '../sampling/rational.ts';

/**
 * A short answer is drawn token by token. Shard i sends d_i = clip(phi_i - phi_pub, -C, C) for every candidate, in
 * integers on the grid 2^-13 nats, and the token is drawn from softmax((phi_pub + sum_i d_i / s) / tau).
 *
 * One patient changes one shard arbitrarily, so every coordinate of the sum moves by at most 2C and the logits move
 * within a range eta = 4C/(s tau): each token is (eta^2/8)-zCDP (Dong, Durfee, Rogers, arXiv 1909.13830; Cesar, Rogers,
 * arXiv 2004.07223). The same neighbours under a bound that lets the shard only vanish (d_i = 0, half of eta) would
 * give a quarter of this charge; short-answer.test.ts refutes that one.
 */
export type TokenParameters = {
  /** C in nats, a multiple of the grid. Public. */
  clip: Rational;
  /** Shards asked, silent ones included. Public. */
  shards: number;
  /** Temperature, a positive integer so that the draw stays over integers. Public. */
  tau?: number;
};

/** Grid steps per nat. */
export const GRID = 2 ** 13;

/** C is below this, nats: far more than any log-probability moves. */
export const MOST_CLIP = 1024;

/** The grid steps in C. @throws RangeError when clip is not a positive multiple of the grid below 2^10 nats. */
export function clipSteps(clip: Rational): number {
  requireRational('clip', clip);
  const scaled = clip.num * BigInt(GRID);
  if (clip.num === 0n || scaled % clip.den !== 0n) {
    throw new RangeError('clip must be a positive multiple of 2^-13');
  }
  if (clip.num >= BigInt(MOST_CLIP) * clip.den) throw new RangeError(`clip must be below ${MOST_CLIP}`);
  return Number(scaled / clip.den);
}

/** eta = 4C/(s tau): the range within which one patient moves the logits, as a float for reports. */
export function tokenRange(clip: Rational, shards: number, tau = 1): number {
  requireParameters({ clip, shards, tau });
  return (4 * rationalToNumber(clip)) / (shards * tau);
}

/**
 * What one token costs: eta^2/8 = 2 C^2/(s tau)^2 in pico-rho, rounded up.
 * @throws RangeError when clip is off the grid, or shards or tau is not a positive integer.
 */
export function tokenCostRhoPico(parameters: TokenParameters): bigint {
  const { clip, shards, tau = 1 } = parameters;
  requireParameters(parameters);
  const divisor = BigInt(shards) * BigInt(tau) * clip.den;
  const den = divisor * divisor;
  return (2n * clip.num * clip.num * RHO_PICO_PER_UNIT + den - 1n) / den;
}

/** How many tokens rhoPico pays for, each at its rounded cost. @throws RangeError as tokenCostRhoPico, or when rhoPico is negative. */
export function affordableTokens(rhoPico: bigint, parameters: TokenParameters): number {
  if (rhoPico < 0n) throw new RangeError('rhoPico must not be negative');
  return Number(rhoPico / tokenCostRhoPico(parameters));
}

/** How a masked sum is read: offset is added before, and map-into-range takes `top`. */
export function contributionRange({ clip, shards }: TokenParameters): { offset: number; top: number } {
  const offset = shards * clipSteps(clip);
  return { offset, top: 2 * offset };
}

/**
 * One shard's clipped difference for one candidate, in grid steps within [-bound, bound]. NaN and infinities (a crashed
 * or absurd model) are 0, an abstention: they must not be able to be more than any other value.
 * @param bound C in grid steps, clipSteps(clip).
 */
export function quantiseClipped(phi: number, phiPub: number, bound: number): number {
  if (!Number.isSafeInteger(bound) || bound <= 0) throw new RangeError('bound must be a positive integer');
  const steps = Math.round((phi - phiPub) * GRID);
  if (!Number.isFinite(steps)) return 0;
  // Adding 0 turns -0 into 0.
  return Math.max(-bound, Math.min(bound, steps)) + 0;
}

/** A public log-probability in grid steps; 0 probability and NaN are far below anything that is ever a candidate. */
export function quantisePublic(phiPub: number): number {
  const lowest = -1024 * GRID;
  const steps = Math.round(phiPub * GRID);
  return Number.isNaN(steps) ? lowest : Math.max(lowest, Math.min(0, steps)) + 0;
}

/** @throws RangeError when clip is off the grid, or shards or tau is not a positive integer. */
export function requireParameters({ clip, shards, tau = 1 }: TokenParameters): void {
  clipSteps(clip);
  for (const [name, value] of Object.entries({ shards, tau })) {
    if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`${name} must be a positive integer`);
  }
}
