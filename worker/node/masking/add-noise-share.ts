import type { RoundHeader } from '#lib/nodes/round-header';
import { sampleNoiseShare } from '#lib/privacy/mechanisms/distributed-gaussian';

/**
 * In gaussian mode, adds this node's own noise in place, modulo 2^32: drawn for this round and for no other, also where
 * its shards had nothing to say.
 */
export function addNoiseShare(vector: Uint32Array, header: RoundHeader): void {
  if (header.mode !== 'gaussian') return;
  const { num, den } = header.params.sigma2Local;
  const sigma2Local = { num: BigInt(num), den: BigInt(den) };
  const noise = sampleNoiseShare({ labelCount: vector.length, sigma2Local });
  // Uint32Array assignment reduces modulo 2^32.
  for (const [i, value] of noise.entries()) vector[i] = vector[i]! + value;
}
