import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Receipt, receiptHash } from '#lib/nodes/receipt';

/**
 * A node's receipts for one request: their numbers and SHA-256 over their hashes in the order of those numbers. A leaf
 * must stay below 64 KiB (the tlog-tiles format says so), and 160 tokens of 50 hospitals are 8,000 receipts.
 */
export const receiptDigestSchema = z.strictObject({
  nodeId: z.uuid(),
  count: z.int().positive(),
  firstSeq: z.int().positive(),
  lastSeq: z.int().positive(),
  hash: z.string(),
});
export type ReceiptDigest = z.infer<typeof receiptDigestSchema>;

/** One digest a node, in the order in which the nodes appear first. */
export function receiptDigests(receipts: readonly Receipt[]): ReceiptDigest[] {
  const byNode = Map.groupBy(receipts, (receipt) => receipt.nodeId);
  return [...byNode].map(([nodeId, unordered]) => {
    const own = unordered.toSorted((a, b) => a.seq - b.seq);
    const hash = createHash('sha256');
    for (const receipt of own) hash.update(receiptHash(receipt));
    return {
      nodeId,
      count: own.length,
      firstSeq: own[0]!.seq,
      lastSeq: own.at(-1)!.seq,
      hash: hash.digest('hex'),
    };
  });
}
