import { mapIntoRange, sumVectors } from '#lib/secure-aggregation/map-into-range';
import type { Round } from './dispatch.ts';

const MODULUS = 2 ** 32;

/**
 * The cohort's sum, coordinate by coordinate: modulo 2^32, moved up by `offset` and mapped into [0, top]. No value
 * makes it fail. It never leaves this process.
 */
export function aggregate(
  { contributions }: Round,
  { len, offset = 0, top }: { len: number; offset?: number; top: number },
): number[] {
  const sum = sumVectors(
    contributions.map((contribution) => contribution.vector),
    len,
  );
  return Array.from(sum, (value) => mapIntoRange((value + offset) % MODULUS, top));
}
