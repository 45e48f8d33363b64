import type { RoundRefusalCode } from '#lib/nodes/round-refusals';

/** Why a node gives nothing to a round. Both travel to the router, so they speak of public facts only. */
export type Refusal = { code: RoundRefusalCode; reason: string };

export function refusal(code: RoundRefusalCode, reason: string): Refusal {
  return { code, reason };
}
