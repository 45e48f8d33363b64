import { createHash } from 'node:crypto';

/**
 * Whether a request falls into a node's share of them. Drawn from both names, so that a retry of the request and a quote
 * before it come out alike, and no counter has to be shared between replicas.
 */
export function inShare(share: number, nodeId: string, requestId: string): boolean {
  if (share >= 1) return true;
  const drawn = createHash('sha256').update(`${nodeId} ${requestId}`).digest().readUInt32BE();
  return drawn < share * 2 ** 32;
}
