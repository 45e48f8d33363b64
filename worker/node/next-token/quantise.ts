/** Integers that one nat is divided into (privacy.md section 5). */
export const GRID = 8_192;

/**
 * `phi - phiPub` on the grid of 2^-13 nats, clipped to `[-bound, bound]`; what is no number, or infinite, is 0.
 * @param bound C * 2^13, an integer.
 */
export function quantiseClipped(phi: number, phiPub: number, bound: number): number {
  const difference = phi - phiPub;
  if (!Number.isFinite(difference)) return 0;
  return Math.max(-bound, Math.min(bound, Math.round(difference * GRID))) + 0;
}
