import { createHash } from 'node:crypto';

/**
 * What a node says of its secrets of a round when it contributes: hashes of 32 random bytes each, which tell nothing
 * about them. What is revealed later has to match, so that a false share or key spoils no sum unseen.
 */
export type Commitments = {
  /** Of the seed of its own mask, hex. */
  seed: string;
  /** Of the mask key it shares with each other member, hex by node id. */
  pairs: Record<string, string>;
};

export function commitmentTo(kind: 'seed' | 'pair', h: Uint8Array, secret: Uint8Array): string {
  return createHash('sha256').update(`fdpr/commit/${kind}/v1\0`).update(h).update(secret).digest('hex');
}
