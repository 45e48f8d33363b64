import type { KeyObject } from 'node:crypto';
import type { Pool } from '#lib/db/pool';
import { knownReceipts } from '#lib/ledger/reconcile/contiguous-head';
import { keepProven } from '#lib/ledger/reconcile/keep-proven';
import { TwoReceiptsError } from '#lib/ledger/reconcile/keep-receipts';
import { periodsSince } from '#lib/ledger/reconcile/periods-since';
import { receiptVerifier, type SignedReceipt } from '#lib/nodes/receipt';
import { type ChainHead, chainFault, headAfter } from '#lib/nodes/receipt-chain';

/** The node's spend log does not continue what the ledger holds of it. */
export class ReceiptGapError extends Error {
  override readonly name = 'ReceiptGapError';
  /** The first number that is missing or wrong. */
  readonly seq: number;
  constructor(seq: number, what: string) {
    super(what);
    this.seq = seq;
  }
}

export type Behind = {
  nodeId: string;
  identity: KeyObject;
  /** Number of the node's last receipt, by its hello. */
  lastSeq: number;
  page: (after: number) => Promise<SignedReceipt[]>;
};
/** `head`: where the chain stands that the ledger now has without a gap. */
export type CaughtUp = { added: number; adjustedRequests: number; head: ChainHead };

/**
 * Fetches the receipts that the ledger lacks of a node, from the first gap on: those of rounds that failed before they
 * arrived, and after a restore those that the backup did not have yet. What they prove and the ledger has not charged is
 * charged. A node is asked nothing before this is done. @throws ReceiptGapError
 */
export async function catchUp(pool: Pool, node: Behind, now: Date): Promise<CaughtUp> {
  const known = await knownReceipts(pool, node.nodeId);
  const done = { added: 0, adjustedRequests: 0, head: known.head };
  if (known.head.seq >= node.lastSeq) return done;
  const periods = await periodsSince(pool, node.nodeId, now);
  const verify = receiptVerifier(node.identity);
  for (let { head } = known; head.seq < node.lastSeq; ) {
    const page = await node.page(head.seq);
    if (page.length === 0)
      throw new ReceiptGapError(head.seq + 1, `the node does not show its receipt ${head.seq + 1}`);
    head = follow(head, page, verify, node.nodeId);
    const kept = await keepProven(pool, page, periods, now).catch((error: unknown) => {
      throw error instanceof TwoReceiptsError ? new ReceiptGapError(error.seq, error.message) : error;
    });
    done.added += kept.added;
    done.adjustedRequests += kept.adjustments.length;
    done.head = head;
  }
  return done;
}

function follow(
  from: ChainHead,
  page: readonly SignedReceipt[],
  verify: (signed: SignedReceipt) => boolean,
  nodeId: string,
): ChainHead {
  let head: ChainHead = { ...from, nodeId };
  for (const signed of page) {
    if (chainFault(head, signed.receipt))
      throw new ReceiptGapError(head.seq + 1, `receipt ${head.seq + 1} does not follow from the one before`);
    if (!verify(signed))
      throw new ReceiptGapError(head.seq + 1, `receipt ${head.seq + 1} is not signed by the node`);
    head = headAfter(signed.receipt);
  }
  return head;
}
