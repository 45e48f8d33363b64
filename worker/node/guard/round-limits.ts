/**
 * What a round of this product never needs to go beyond. A router that lies about the shards or the noise reads sums in
 * exact mode almost for nothing, and these two keep "almost" from becoming "entirely": it is trusted with exact sums
 * anyway (privacy.md section 1).
 */

/** Shards over a whole cohort: fifty hospitals of 20,000 each. */
export const MOST_SHARDS = 2 ** 20;

/**
 * The least a round costs, pico-rho. A vote at epsilon 0.01 and delta 1e-9 costs 2,095,434; a token of the smaller clip
 * the product offers, 1/2, costs 12,208 over fifty hospitals of 128 shards each.
 */
export const LEAST_ROUND_RHO_PICO = 10_000n;
