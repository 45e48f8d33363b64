/** Why a node gives nothing to a round. Both travel to the router, so they speak of public facts only. */
export type Refusal = { code: string; reason: string };

export function refusal(code: string, reason: string): Refusal {
  return { code, reason };
}
