import { mapIntoRange } from '#lib/secure-aggregation/map-into-range';
import type { Round } from './round.ts';

const MODULUS = 2 ** 32;

/**
 * The cohort's unmasked sum, coordinate by coordinate: modulo 2^32, moved up by `offset` and mapped into [0, top]. No
 * value makes it fail. It never leaves this process.
 */
export function aggregate(
  { sum }: Pick<Round, 'sum'>,
  { len, offset = 0, top }: { len: number; offset?: number; top: number },
): number[] {
  if (sum.length !== len) throw new RangeError(`the sum has ${sum.length} coordinates, not ${len}`);
  return Array.from(sum, (value) => mapIntoRange((value + offset) % MODULUS, top));
}
