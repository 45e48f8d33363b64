import type { RoundHeader } from '#lib/nodes/round-header';
import { GRID, MOST_CLIP } from '#lib/privacy/mechanisms/short-answer';

type TokenParams = Extract<RoundHeader, { mechanism: 'short-answer' }>['params'];

/**
 * C * 2^13, the most a shard's coordinate may be away from zero; null unless it is a whole number above 0, C is one that
 * has a price, and the sum over all shards stays within the half of 2^32 that unmasking maps back (nodes.md section 3).
 */
export function clipBound({ clip, s }: TokenParams): number | null {
  const num = BigInt(clip.num) * BigInt(GRID);
  const den = BigInt(clip.den);
  if (den === 0n || num === 0n || num % den !== 0n) return null;
  const bound = num / den;
  if (bound >= BigInt(MOST_CLIP * GRID)) return null;
  return 2n * bound * BigInt(s) <= 2n ** 31n ? Number(bound) : null;
}
