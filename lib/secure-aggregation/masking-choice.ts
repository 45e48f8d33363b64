/**
 * How the masks of a round go away again. `all-or-nothing`: they cancel in the sum of the whole cohort, one round trip.
 * `survives-dropouts`: what absent members would have cancelled is revealed by the others, three round trips.
 */
export const MASKINGS = ['all-or-nothing', 'survives-dropouts'] as const;
export type Masking = (typeof MASKINGS)[number];

/** A round that would fail more often than one in ten is worth two round trips more (nodes.md section 3). */
const LEAST_SUCCESS = 0.9;

/** Signatures, and shares of a seed, that suffice: floor(2n/3) + 1 of n. */
export function thresholdOf(nodes: number): number {
  return Math.floor((2 * nodes) / 3) + 1;
}

/** The most members that may be absent. Three have none to give. */
export function mostDropouts(nodes: number): number {
  return nodes - thresholdOf(nodes);
}

/** The most members that may collude with the router without learning one member's vector: less than min(t, 2t - n). */
export function mostColluding(nodes: number): number {
  const threshold = thresholdOf(nodes);
  return Math.min(threshold, 2 * threshold - nodes) - 1;
}

/**
 * @param availabilities per member the chance that it answers a round, from public probes.
 * @returns the way to mask, and the chance that a round which needs every member succeeds.
 */
export function chooseMasking(availabilities: readonly number[]): { masking: Masking; predicted: number } {
  const predicted = availabilities.reduce((product, one) => product * one, 1);
  const canLose = mostDropouts(availabilities.length) > 0;
  return {
    masking: predicted >= LEAST_SUCCESS || !canLose ? 'all-or-nothing' : 'survives-dropouts',
    predicted,
  };
}
