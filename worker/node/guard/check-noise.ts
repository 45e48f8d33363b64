import type { RoundHeader } from '#lib/nodes/round-header';
import { rationalToNumber } from '#lib/privacy/sampling/rational';
import { type Refusal, refusal } from './refusal.ts';

/** Whether this node's own share of the noise is at least what its hospital wants. */
export function checkNoise(header: RoundHeader, minSigmaLocal: number): Refusal | null {
  if (header.mode !== 'gaussian') return null;
  const { num, den } = header.params.sigma2Local;
  if (BigInt(den) === 0n) return refusal('parameters', 'the variance of the noise is not a fraction');
  const variance = rationalToNumber({ num: BigInt(num), den: BigInt(den) });
  return variance >= minSigmaLocal ** 2
    ? null
    : refusal('sigma', `this hospital adds noise of a standard deviation of at least ${minSigmaLocal} votes`);
}
