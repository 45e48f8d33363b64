import { createHmac, createSecretKey } from 'node:crypto';

export const SEED_BYTES = 32;

/** The key of a node's own mask in a round, from the seed that is shared out among the cohort. */
export function selfMaskKey(seed: Uint8Array, h: Uint8Array): Buffer {
  return createHmac('sha256', createSecretKey(seed)).update('fdpr/self/v1\0').update(h).digest();
}
